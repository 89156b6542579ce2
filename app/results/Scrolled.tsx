// What may be longer than its panel: it scrolls, and fades at the end behind which there is more.
'use client'
import { type ReactNode, type UIEvent, useLayoutEffect, useRef, useState } from 'react'

/** Pixels that rounding may leave over. */
const slack = 2

const edges = ({ scrollTop, clientHeight, scrollHeight }: HTMLElement) => ({
  above: scrollTop > slack,
  below: scrollTop + clientHeight < scrollHeight - slack,
})

const fade = 'pointer-events-none absolute inset-x-0 h-7 from-(--panel) to-transparent'

export const Scrolled = ({ label, children }: { label: string; children: ReactNode }) => {
  const box = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const [more, setMore] = useState({ above: false, below: false })
  useLayoutEffect(() => {
    const [outer, inner] = [box.current, content.current]
    if (outer === null || inner === null) return
    const watcher = new ResizeObserver(() => setMore(edges(outer)))
    watcher.observe(outer)
    watcher.observe(inner)
    return () => watcher.disconnect()
  }, [])
  const onScroll = ({ currentTarget }: UIEvent<HTMLDivElement>): void => {
    const now = edges(currentTarget)
    setMore((before) => (before.above === now.above && before.below === now.below ? before : now))
  }
  return (
    <div className="relative min-h-0 flex-1">
      <section
        ref={box}
        aria-label={label}
        onScroll={onScroll}
        className="h-full overflow-y-auto outline-offset-[-2px]"
      >
        <div ref={content}>{children}</div>
      </section>
      {more.above && <span aria-hidden className={`${fade} top-0 bg-linear-to-b`} />}
      {more.below && <span aria-hidden className={`${fade} bottom-0 bg-linear-to-t`} />}
    </div>
  )
}
