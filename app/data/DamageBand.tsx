// What is damaged, before all else: which series, why, and the way to its page, where it can be deleted.
'use client'
import Link from 'next/link'
import { Fault } from '../ui/Fault'
import { sentence } from '../ui/sentence'
import type { Store } from './api'
import { seriesHref, seriesWord } from './rows'

export const DamageBand = ({ store: { series, troubles } }: { store: Pick<Store, 'series' | 'troubles'> }) => {
  const damaged = series.filter(({ damage }) => damage !== null)
  const count = damaged.length + troubles.length
  if (count === 0) return null
  return (
    <div className="flex-none">
      <Fault title={count === 1 ? 'One thing in the store is damaged' : `${count} things in the store are damaged`}>
        <ul className="flex flex-col gap-0.5">
          {damaged.map((one) => (
            <li key={seriesHref(one)}>
              <Link href={seriesHref(one)} className="rounded-chip text-you hover:underline">
                {`${one.instrument} ${seriesWord(one)}`}
              </Link>{' '}
              {sentence(one.damage ?? '')}
            </li>
          ))}
          {troubles.map((message) => (
            <li key={message}>{sentence(message)}</li>
          ))}
        </ul>
        {damaged.length > 0 && (
          <p className="mt-1">
            No run reads it. What to do: delete it on its page, then download or import it again. All other series are
            as they were.
          </p>
        )}
      </Fault>
    </div>
  )
}
