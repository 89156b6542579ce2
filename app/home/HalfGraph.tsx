// The Play of the first backtest as it is handed over: what is there, and, dashed, the two wires that are left to draw.

interface Box {
  readonly title: string
  readonly row: string
  readonly at: readonly [x: number, y: number]
  readonly width: number
  /** Left to the trader: it stands out. */
  readonly open?: true
}

const height = 50
const boxes = {
  price: { title: 'Price', row: 'close', at: [6, 62], width: 92 },
  ema: { title: 'EMA', row: 'length 13', at: [150, 14], width: 112 },
  reclaim: { title: 'Reclaim', row: 'close crosses above', at: [316, 14], width: 150 },
  distance: { title: 'Stop distance', row: 'ATR times 2.5', at: [316, 112], width: 150 },
  enter: { title: 'Enter', row: 'when', at: [556, 14], width: 116, open: true },
  stop: { title: 'Stop', row: 'by', at: [556, 112], width: 116, open: true },
} as const satisfies Readonly<Record<string, Box>>

type Name = keyof typeof boxes

const wires: readonly { readonly from: Name; readonly to: Name; readonly tone: string; readonly open?: true }[] = [
  { from: 'price', to: 'ema', tone: 'text-t-price' },
  { from: 'ema', to: 'reclaim', tone: 'text-t-price' },
  { from: 'price', to: 'distance', tone: 'text-t-signal' },
  { from: 'reclaim', to: 'enter', tone: 'text-t-event', open: true },
  { from: 'distance', to: 'stop', tone: 'text-t-price', open: true },
]

const curve = (from: Box, to: Box): string => {
  const [x1, y1, x2, y2] = [from.at[0] + from.width, from.at[1] + 37, to.at[0], to.at[1] + 37]
  const bend = (x2 - x1) / 2
  return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`
}

const Node = ({ title, row, at: [x, y], width, open }: Box) => (
  <g transform={`translate(${x} ${y})`}>
    <rect
      width={width}
      height={height}
      rx={6}
      className={open ? 'fill-raised stroke-you' : 'fill-raised stroke-line-2'}
      strokeWidth={open ? 1.5 : 1}
    />
    <text x={12} y={18} className="fill-1 text-12 font-semibold">
      {title}
    </text>
    <path d={`M0 26H${width}`} className="stroke-line-1" />
    <text x={12} y={41} className={`${open ? 'fill-you' : 'fill-3'} text-11`}>
      {row}
    </text>
  </g>
)

export const HalfGraph = () => (
  <svg viewBox="0 0 680 176" className="block h-auto w-full max-w-[680px]" aria-hidden>
    {wires.map(({ from, to, tone, open }) => (
      <path
        key={`${from} ${to}`}
        d={curve(boxes[from], boxes[to])}
        className={`fill-none ${tone}`}
        stroke="currentColor"
        strokeWidth={1.5}
        strokeDasharray={open ? '4 4' : undefined}
      />
    ))}
    {Object.values(boxes).map((box) => (
      <Node key={box.title} {...box} />
    ))}
  </svg>
)
