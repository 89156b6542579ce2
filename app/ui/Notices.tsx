// Notices at the bottom right: five seconds each, longer while looked at; errors stay until they are closed.
'use client'
import { Check, CircleAlert, Crosshair, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { classes } from './classes'
import { dismiss, type Notice, useNotices } from './notify'

const shownMs = 5000

const tones = {
  done: { Icon: Check, box: 'border-line-2 bg-raised', icon: 'text-2' },
  error: { Icon: CircleAlert, box: 'border-neg-line bg-neg-bg', icon: 'text-neg' },
  you: { Icon: Crosshair, box: 'border-you-line bg-you-bg', icon: 'text-you' },
} as const

const OneNotice = ({ id, tone, text, detail, action }: Notice) => {
  const { Icon, box, icon } = tones[tone]
  const [looked, setLooked] = useState(false)
  useEffect(() => {
    if (tone === 'error' || looked) return
    const timer = setTimeout(() => dismiss(id), shownMs)
    return () => clearTimeout(timer)
  }, [id, tone, looked])
  return (
    <li
      onMouseEnter={() => setLooked(true)}
      onMouseLeave={() => setLooked(false)}
      onFocus={() => setLooked(true)}
      onBlur={() => setLooked(false)}
      className={classes('flex items-start gap-2 rounded-node border px-2.5 py-2 text-12 shadow-float', box)}
    >
      <Icon size={14} className={classes('mt-0.5 flex-none', icon)} aria-hidden />
      <p className="min-w-0 flex-1 text-1">
        {text} {detail !== undefined && <span className="text-2">{detail}</span>}
      </p>
      {action !== undefined && (
        <button
          type="button"
          className="flex-none rounded-chip text-you hover:underline"
          onClick={() => {
            dismiss(id)
            action.run()
          }}
        >
          {action.label}
        </button>
      )}
      <button
        type="button"
        aria-label="Close this notice"
        onClick={() => dismiss(id)}
        className="mt-px grid size-4 flex-none place-items-center rounded-chip text-3 hover:text-1"
      >
        <X size={12} aria-hidden />
      </button>
    </li>
  )
}

export const Notices = () => {
  const notices = useNotices((state) => state.notices)
  return (
    <section
      aria-label="Notices"
      aria-live="polite"
      className="pointer-events-none fixed right-4 bottom-4 z-50 w-[360px] max-w-[calc(100vw-32px)]"
    >
      <ol className="pointer-events-auto flex flex-col gap-2.5">
        {notices.map((notice) => (
          <OneNotice key={notice.id} {...notice} />
        ))}
      </ol>
    </section>
  )
}
