// Trades that a change gained, lost and changed; each leads to its row in the run that has it.
'use client'
import Link from 'next/link'
import { type ReactNode, useState } from 'react'
import { count, counted, shortTime, signed, signOf } from '../results/format'
import { exitName } from '../results/reasons'
import { Scrolled } from '../results/Scrolled'
import { Button } from '../ui/Button'
import { Segmented } from '../ui/Segmented'
import type { Compared } from './compare'

type Trade = Compared['gained'][number]

const tones = { [-1]: 'text-neg', 0: 'text-2', 1: 'text-pos' } as const

const Net = ({ usdt }: { usdt: number }) => <span className={tones[signOf(usdt, 1)]}>{signed(usdt, 1)}</span>

const Way = ({ run, trade }: { run: string; trade: Trade }) => (
  <Link href={`/run/${run}?trade=${trade.no}`} className="rounded-chip text-1 hover:underline">
    {`${trade.side} ${trade.no}`}
  </Link>
)

const Row = ({ ways, opened, left, net }: { ways: ReactNode; opened: number; left: ReactNode; net: ReactNode }) => (
  <tr className="h-6.5 border-b border-line-1 hover:bg-hover">
    <td className="px-3 whitespace-nowrap">{ways}</td>
    <td className="px-2 whitespace-nowrap text-2">{shortTime(opened)}</td>
    <td className="max-w-0 truncate px-2 text-2">{left}</td>
    <td className="px-3 text-right whitespace-nowrap">{net}</td>
  </tr>
)

const One = ({ run, trade }: { run: string; trade: Trade }) => (
  <Row
    ways={<Way run={run} trade={trade} />}
    opened={trade.entryMs}
    left={exitName(trade.exitReason)}
    net={<Net usdt={trade.netUsdt} />}
  />
)

const Both = ({ compared, pair }: { compared: Compared; pair: Compared['changed'][number] }) => {
  const { before, after } = pair
  const [was, is] = [exitName(before.exitReason), exitName(after.exitReason)]
  return (
    <Row
      ways={
        <>
          <Way run={compared.before.id} trade={before} /> <span className="text-3">→</span>{' '}
          <Way run={compared.after.id} trade={after} />
        </>
      }
      opened={after.entryMs}
      left={was === is ? is : `${was} → ${is}`}
      net={
        <>
          <Net usdt={before.netUsdt} /> <span className="text-3">→</span> <Net usdt={after.netUsdt} />
        </>
      }
    />
  )
}

type Which = 'gained' | 'lost' | 'changed'
/** Rows that are drawn before somebody asks for more. */
const atOnce = 200

const rowsOf = (compared: Compared, which: Which, most: number): ReactNode[] => {
  const { gained, lost, changed, before, after } = compared
  if (which === 'gained')
    return gained.slice(0, most).map((trade) => <One key={trade.no} run={after.id} trade={trade} />)
  if (which === 'lost') return lost.slice(0, most).map((trade) => <One key={trade.no} run={before.id} trade={trade} />)
  return changed.slice(0, most).map((pair) => <Both key={pair.after.no} compared={compared} pair={pair} />)
}

const Head = () => (
  <thead className="sticky top-0 bg-panel text-11 text-3 shadow-[inset_0_-1px_0_var(--line-1)]">
    <tr className="h-6.5">
      <th scope="col" className="px-3 text-left font-medium">
        Trade
      </th>
      <th scope="col" className="px-2 text-left font-medium">
        Opened
      </th>
      <th scope="col" className="w-1/3 px-2 text-left font-medium">
        Left by
      </th>
      <th scope="col" className="px-3 text-right font-medium">
        P/L USDT
      </th>
    </tr>
  </thead>
)

export const TradeSets = ({ compared }: { compared: Compared }) => {
  const sizes = { gained: compared.gained.length, lost: compared.lost.length, changed: compared.changed.length }
  const [which, setWhich] = useState<Which>(() =>
    sizes.gained > 0 || sizes.lost + sizes.changed === 0 ? 'gained' : sizes.lost > 0 ? 'lost' : 'changed',
  )
  const [most, setMost] = useState(atOnce)
  const choices = (['gained', 'lost', 'changed'] as const).map((value) => ({
    value,
    label: `${value.slice(0, 1).toUpperCase()}${value.slice(1)} ${count(sizes[value])}`,
  }))
  return (
    <>
      <header className="flex min-h-9 flex-none flex-wrap items-center gap-2 px-3 py-1">
        <h2 className="font-semibold text-1">Trades</h2>
        <span className="truncate text-11 text-3">{`${counted(compared.kept, 'trade')} the same`}</span>
        <span className="ml-auto">
          <Segmented label="Which trades" size="s" value={which} choices={choices} onValue={setWhich} />
        </span>
      </header>
      <Scrolled label="Trades that differ">
        {sizes[which] === 0 ? (
          <p className="px-3 pb-3 text-3">{`No trade was ${which}.`}</p>
        ) : (
          <table className="w-full">
            <Head />
            <tbody>{rowsOf(compared, which, most)}</tbody>
          </table>
        )}
        {sizes[which] > most && (
          <div className="grid place-items-center p-2">
            <Button size="s" onClick={() => setMost(most + 1000)}>
              {`Show more of ${count(sizes[which])}`}
            </Button>
          </div>
        )}
      </Scrolled>
    </>
  )
}
