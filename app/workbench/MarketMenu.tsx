// Which market the Play trades and on which timeframe it decides: one step of the history each.
'use client'
import { useQuery } from '@tanstack/react-query'
import { ChevronDown } from 'lucide-react'
import { timeframes } from '../../blocks/kit/timeframe'
import { useApi } from '../ApiProvider'
import { Button } from '../ui/Button'
import { Menu, type MenuEntry } from '../ui/Menu'
import { decideOn, tradeMarket } from './choose'
import { marketChoices, marketWord, venueOf } from './markets'
import { useDocument, useSession } from './session'

const hintOf = (choice: { id: string; proxy: boolean; synthetic: boolean }): string =>
  choice.synthetic ? 'made up' : choice.proxy ? `${venueOf(choice.id)}, bars of spot` : venueOf(choice.id)

export const MarketMenu = () => {
  const { store } = useSession()
  const main = useDocument(({ document }) => document.tree.markets.main)
  const tf = useDocument(({ document }) => document.tree.tf)
  const { data } = useQuery(useApi().data.list.queryOptions())
  const ids = main === undefined ? [] : typeof main === 'string' ? [main] : main
  const choices = marketChoices(data?.series ?? [])
  const marketEntry = (choice: (typeof choices)[number]): MenuEntry => ({
    label: `${marketWord(choice.id)} · ${hintOf(choice)}`,
    checked: ids.length === 1 && ids[0] === choice.id,
    run: () => tradeMarket(store, choice.id),
  })
  const entries: MenuEntry[] = [
    { kind: 'label', label: 'Stored markets' },
    ...choices.filter(({ synthetic }) => !synthetic).map(marketEntry),
    { kind: 'label', label: 'SYNTHETIC, for practice' },
    ...choices.filter(({ synthetic }) => synthetic).map(marketEntry),
  ]
  const word = ids.length > 1 ? `${ids.length} markets` : ids[0] === undefined ? 'No market' : marketWord(ids[0])
  return (
    <div className="flex flex-none items-center">
      <Menu entries={entries} align="end">
        <Button look="quiet" className="text-1" aria-label={`Market: ${ids.join(', ')}`}>
          {word}
          <ChevronDown size={12} aria-hidden />
        </Button>
      </Menu>
      <Menu
        align="end"
        entries={timeframes.map((one) => ({ label: one, checked: one === tf, run: () => decideOn(store, one) }))}
      >
        <Button look="quiet" aria-label={`Timeframe of decisions: ${tf}`}>
          {tf}
          <ChevronDown size={12} aria-hidden />
        </Button>
      </Menu>
    </div>
  )
}
