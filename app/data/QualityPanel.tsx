// What a look at every byte and row of a series says: is it as it was written, and what is odd about it.
'use client'
import { useQuery } from '@tanstack/react-query'
import { useApi, useApiClient } from '../ApiProvider'
import { Button } from '../ui/Button'
import { Fault } from '../ui/Fault'
import { Panel } from '../ui/Panel'
import { SkeletonLines } from '../ui/Skeleton'
import { sentence } from '../ui/sentence'
import { Verdict, type VerdictKind } from '../ui/Verdict'
import type { SeriesCheck, SeriesDetail } from './api'
import { nothingOdd } from './rows'

const Line = ({ kind, word, text }: { kind: VerdictKind; word: string; text: string }) => (
  <li className="flex items-start gap-2 px-3 py-1 leading-[18px]">
    <span className="mt-0.5 flex-none">
      <Verdict kind={kind} word={word} />
    </span>
    <span className="min-w-0 text-1">{text}</span>
  </li>
)

const Checked = ({ kind, check: { sound, quality, findings } }: { kind: string; check: SeriesCheck }) => (
  <ul className="pb-2 text-12">
    <Line
      kind={sound ? 'pass' : 'fail'}
      word={sound ? 'sound' : 'damaged'}
      text={
        sound ? 'Every byte is as it was written, and the rows are those that its manifest counts.' : sentence(quality)
      }
    />
    {sound && quality !== 'clean' && <Line kind="unclear" word="to be known" text={sentence(quality)} />}
    {findings.map(({ kind: finding, words }) => (
      <Line key={finding} kind="unclear" word="odd" text={sentence(words)} />
    ))}
    {sound && findings.length === 0 && <Line kind="pass" word="nothing odd" text={nothingOdd(kind)} />}
  </ul>
)

export const QualityPanel = ({ detail: { instrument, kind, tf, info } }: { detail: SeriesDetail }) => {
  const key = { instrument, kind, tf }
  const client = useApiClient()
  // Of these very bytes: other ones are looked at anew.
  const { data, error, refetch, isFetching } = useQuery({
    queryKey: [...useApi().data.check.queryKey(key), info?.sha256],
    queryFn: ({ signal }) => client.data.check.query(key, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  return (
    <Panel
      card
      title="Quality"
      hint={data === undefined ? 'reading every byte' : `content ${data.sha256?.slice(0, 8) ?? 'unknown'}`}
      className="max-lg:max-h-80"
      actions={
        <Button size="s" look="quiet" busy={isFetching} onClick={() => void refetch()}>
          Check again
        </Button>
      }
    >
      {data !== undefined ? (
        <Checked kind={kind} check={data} />
      ) : error !== null ? (
        <div className="p-3">
          <Fault title="It could not be checked">{sentence(error.message)}</Fault>
        </div>
      ) : (
        <SkeletonLines lines={3} label="Every byte is being read" />
      )}
    </Panel>
  )
}
