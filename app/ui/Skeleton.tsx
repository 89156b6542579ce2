// Where something is on its way: grey bars in the widths of what will stand there.
import { classes } from './classes'

/** One bar; its width is a class: `w-[88px]`. */
export const Skeleton = ({ className = 'w-full' }: { className?: string }) => (
  <span aria-hidden className={classes('inline-block h-2 rounded-[2px] bg-active', className)} />
)

const widths = ['w-4/5', 'w-3/5', 'w-11/12', 'w-2/3', 'w-1/2'] as const

/** Lines of text that are not there yet; says so to those who cannot see them. */
export const SkeletonLines = ({ lines = 3, label = 'Loading' }: { lines?: number; label?: string }) => (
  <div role="status" className="flex flex-col gap-2.5 p-3">
    <span className="sr-only">{label}</span>
    {Array.from({ length: lines }, (_, i) => `${widths[i % widths.length]}`).map((width, i) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: bars have no identity and never move
      <Skeleton key={i} className={width} />
    ))}
  </div>
)
