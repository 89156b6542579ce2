// The idea of a Play as a small drawing: price, lines, and where it gets in.
import type { Points, Sketch } from './ideas'

const path = (points: Points): string => points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${x} ${y}`).join('')

export const Drawing = ({ sketch: { price, lines, marks } }: { sketch: Sketch }) => (
  <svg viewBox="0 0 200 84" className="block h-auto w-full" aria-hidden>
    {lines.map((points) => (
      <path
        key={path(points)}
        d={path(points)}
        className="fill-none text-exit"
        stroke="currentColor"
        strokeWidth={1.25}
      />
    ))}
    <path d={path(price)} className="fill-none text-2" stroke="currentColor" strokeWidth={1.5} strokeLinejoin="round" />
    {marks.map(({ at: [x, y], short }) => (
      <path
        key={`${x} ${y}`}
        d={short ? `M${x} ${y}l-4 -7h8z` : `M${x} ${y - 4}l-4 7h8z`}
        className="text-1"
        fill="currentColor"
      />
    ))}
  </svg>
)
