// Work on the way: what, how much of it, and the way out. Shown only for what takes longer than half a second.
'use client'
import { type ReactNode, useEffect, useState } from 'react'

export interface ProgressProps {
  readonly label: string
  /** In [0, 1]; null: not known how much there is. */
  readonly share: number | null
  /** Counts in words: "641,220 of 1,051,200". */
  readonly counts?: ReactNode
  readonly onCancel?: () => void
}

export const Progress = ({ label, share, counts, onCancel }: ProgressProps) => {
  const percent = share === null ? null : Math.floor(100 * Math.min(1, Math.max(0, share)))
  return (
    <div className="rounded-card border border-line-1 p-4">
      <div className="flex justify-between gap-3">
        <b className="truncate">{label}</b>
        {percent !== null && <span className="flex-none">{percent} %</span>}
      </div>
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        {...(percent === null ? {} : { 'aria-valuenow': percent })}
        className="relative my-2 h-1.5 overflow-hidden rounded-[2px] bg-active"
      >
        <span
          className={
            percent === null
              ? 'absolute inset-y-0 left-0 w-1/3 animate-sweep rounded-[2px] bg-1'
              : 'absolute inset-y-0 left-0 rounded-[2px] bg-1'
          }
          style={percent === null ? undefined : { width: `${percent}%` }}
        />
      </div>
      <div className="flex justify-between gap-3 text-11 leading-4 text-3">
        <span className="truncate">{counts}</span>
        {onCancel !== undefined && (
          <button type="button" onClick={onCancel} className="flex-none rounded-chip text-1 hover:underline">
            Cancel
          </button>
        )}
      </div>
    </div>
  )
}

/** True once `working` has lasted half a second: shorter work shows nothing at all. */
export const useLate = (working: boolean, afterMs = 500): boolean => {
  const [late, setLate] = useState(false)
  useEffect(() => {
    if (!working) return
    const timer = setTimeout(() => setLate(true), afterMs)
    return () => {
      clearTimeout(timer)
      setLate(false)
    }
  }, [working, afterMs])
  return working && late
}
