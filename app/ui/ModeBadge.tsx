// Which world figures come from: a word, an icon and a form, never a colour alone.
import { FlaskConical, History, Radio } from 'lucide-react'
import { classes } from './classes'

export type Mode = 'backtest' | 'demo' | 'live'

const modes = {
  backtest: { word: 'BACKTEST', Icon: History, money: null, look: 'border border-line-3 text-backtest' },
  demo: {
    word: 'DEMO',
    Icon: FlaskConical,
    money: 'paper money',
    look: 'hatched border border-dashed border-demo text-demo',
  },
  live: { word: 'LIVE', Icon: Radio, money: 'real money', look: 'bg-live text-on-live' },
} as const

export const ModeBadge = ({ mode, small = false }: { mode: Mode; small?: boolean }) => {
  const { word, Icon, money, look } = modes[mode]
  const size = small ? 'h-[18px] gap-1 px-1.5 text-[9.5px]' : 'h-6 gap-1.5 px-[9px] text-11'
  return (
    <span
      className={classes(
        'inline-flex flex-none items-center rounded-[4px] leading-none font-bold tracking-[.05em] whitespace-nowrap',
        size,
        look,
      )}
    >
      <Icon size={small ? 10 : 12} strokeWidth={2} aria-hidden />
      {word}
      {money !== null && !small && <small className="text-11 font-medium tracking-normal">{money}</small>}
    </span>
  )
}
