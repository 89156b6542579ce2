// The colours, by the names that components use.
import { Section } from './Section'

const colours = [
  ['app', 'bg-app'],
  ['canvas', 'bg-canvas'],
  ['panel', 'bg-panel'],
  ['raised', 'bg-raised'],
  ['inset', 'bg-inset'],
  ['hover', 'bg-hover'],
  ['active', 'bg-active'],
  ['line-2', 'bg-line-2'],
  ['line-3', 'bg-line-3'],
  ['text-1', 'bg-1'],
  ['text-2', 'bg-2'],
  ['text-3', 'bg-3'],
  ['pos', 'bg-pos'],
  ['neg', 'bg-neg'],
  ['warn', 'bg-warn'],
  ['you', 'bg-you'],
  ['backtest', 'bg-backtest'],
  ['demo', 'bg-demo'],
  ['live', 'bg-live'],
  ['filter', 'bg-filter'],
  ['entry', 'bg-entry'],
  ['exit', 'bg-exit'],
  ['inval', 'bg-inval'],
  ['t-price', 'bg-t-price'],
  ['t-number', 'bg-t-number'],
  ['t-rate', 'bg-t-rate'],
] as const

export const Colours = () => (
  <Section title="Colour">
    <ul className="grid grid-cols-13 gap-2.5">
      {colours.map(([name, ground]) => (
        <li key={name}>
          <div className={`h-8 rounded-[4px] border border-line-2 ${ground}`} />
          <span className="text-11">{name}</span>
        </li>
      ))}
    </ul>
  </Section>
)
