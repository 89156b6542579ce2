// Market facts: which filters and leverage brackets are kept, and as of when.
'use client'
import { countText } from '../home/sizes'
import { Panel } from '../ui/Panel'
import type { Store } from './api'
import { dayText } from './rows'

const words = { filters: 'Tick, step, minimum', brackets: 'Leverage brackets' } as const

export const FactsCard = ({ facts }: { facts: Store['facts'] }) => (
  <Panel card title="Market facts" hint="ticks, steps, brackets" className="flex-none">
    {facts.length === 0 ? (
      <p className="px-3 pb-3 text-11 leading-4 text-3">
        None are stored: runs use the table that comes with Playloom. Download the market facts of a venue, or drop its
        exchangeInfo file here.
      </p>
    ) : (
      <ul className="px-3 pb-2.5 text-12">
        {facts.map(({ venue, what, asOfMs, markets, sha256, source }) => (
          <li key={sha256} title={source} className="flex flex-col py-1 leading-4">
            <span className="truncate text-2">{`${venue}: ${words[what]}`}</span>
            <span className="text-11 text-3 tabular-nums">{`${countText(markets)} markets as of ${dayText(asOfMs)}`}</span>
          </li>
        ))}
      </ul>
    )}
  </Panel>
)
