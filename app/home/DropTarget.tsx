// Files dropped anywhere on the page: Plays are opened, all else is taken for market data.
'use client'
import { type ReactNode, useEffect, useRef, useState } from 'react'

/** The first of them, and all that came at once. */
export type Dropped = (file: File, all: readonly File[]) => void

export const isPlayFile = (name: string): boolean => /\.ya?ml$/i.test(name)

const hasFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') ?? false

/** Hears of files over the window; gives back how to stop. */
const onFiles = (show: (over: boolean) => void, drop: Dropped): (() => void) => {
  // Leaving an element fires too: what counts is whether more were entered than left.
  let depth = 0
  const move = (by: number) => (event: DragEvent) => {
    if (!hasFiles(event)) return
    depth = Math.max(0, depth + by)
    show(depth > 0)
  }
  const [enter, leave] = [move(1), move(-1)]
  const over = (event: DragEvent): void => {
    if (hasFiles(event)) event.preventDefault()
  }
  const end = (event: DragEvent): void => {
    if (!hasFiles(event)) return
    event.preventDefault()
    depth = 0
    show(false)
    const files = [...(event.dataTransfer?.files ?? [])]
    const [file] = files
    if (file !== undefined) drop(file, files)
  }
  const events = { dragenter: enter, dragleave: leave, dragover: over, drop: end }
  for (const [name, listener] of Object.entries(events)) window.addEventListener(name, listener as EventListener)
  return () => {
    for (const [name, listener] of Object.entries(events)) window.removeEventListener(name, listener as EventListener)
  }
}

/** Says where to let go while files are over the page; they may be dropped anywhere on it. */
export const DropTarget = ({ onFile, children }: { onFile: Dropped; children?: ReactNode }) => {
  const [over, setOver] = useState(false)
  const newest = useRef(onFile)
  useEffect(() => {
    newest.current = onFile
  })
  useEffect(() => onFiles(setOver, (file, all) => newest.current(file, all)), [])
  if (!over) return null
  return (
    <div className="pointer-events-none fixed inset-2 z-30 grid place-items-center rounded-dialog border-2 border-dashed border-you bg-app/80 text-15 font-semibold text-1">
      {children ?? 'Drop bars (CSV, ZIP, Parquet) or a Play (YAML)'}
    </div>
  )
}
