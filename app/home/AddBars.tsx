// Real bars from a file: what it is of where it does not say so itself, the progress, and the gate's refusals in words.
'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { isTimeframe, timeframes } from '../../blocks/kit/timeframe'
import { useApi } from '../ApiProvider'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { Fault } from '../ui/Fault'
import { Field } from '../ui/Field'
import { notify } from '../ui/notify'
import { Progress } from '../ui/Progress'
import { Select } from '../ui/Select'
import { Switch } from '../ui/Switch'
import { TextField } from '../ui/TextField'
import { bytesText, countText, rangeText } from './sizes'
import { cancelledText, type ImportedSeries, type UploadAnswer, unknownEnd, upload } from './upload'

type Refused = Extract<UploadAnswer, { kind: 'refused' }>
interface Sending {
  readonly sent: number
  readonly stop: AbortController
}

const said = ({ instrument, kind, added, duplicates, skipped, gaps }: ImportedSeries): string =>
  [
    `${instrument} ${kind}: ${countText(added)} new rows`,
    ...(duplicates > 0 ? [`${countText(duplicates)} known already`] : []),
    ...(skipped > 0 ? [`${countText(skipped)} left out`] : []),
    ...(gaps > 0 ? [`${countText(gaps)} gaps`] : []),
  ].join(', ')

const told = (series: readonly ImportedSeries[]): void => {
  for (const one of series) notify({ tone: 'done', text: said(one), detail: rangeText(one.fromMs, one.toMs) })
}

const capital = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`

const Refusal = ({ refused: { code, message, hint, problems } }: { refused: Refused }) => {
  const rows = code === 'rows_refused' && problems.length > 0
  return (
    <Fault title={code === unknownEnd ? 'Whether this file was taken is not known' : 'This file was not taken'}>
      <p>{rows ? 'Rows are not what they must be; one is enough to refuse a file.' : `${capital(message)}.`}</p>
      {(rows || problems.length > 1) && (
        <ul className="my-1 list-disc pl-4 text-1">
          {problems.map((problem) => (
            <li key={`${problem.message}${problem.where.line ?? ''}`}>{capital(problem.message)}</li>
          ))}
        </ul>
      )}
      {hint !== null && <p>What to do: {hint}.</p>}
      <p>A series is taken whole or not at all.</p>
    </Fault>
  )
}

const unset = 'file'
const tfChoices = [
  { value: unset, label: 'As the file says' },
  ...timeframes.map((tf) => ({ value: tf as string, label: tf })),
]

/** What is known of the file beside its bytes. */
interface Facts {
  readonly instrument: string
  readonly tf: string
  readonly skipBad: boolean
}

const FactFields = ({
  facts,
  onFacts,
  refused,
}: {
  facts: Facts
  onFacts: (facts: Facts) => void
  refused: Refused | null
}) => (
  <div className="flex flex-col gap-3">
    <Field label="Market, as venue:SYMBOL (.P for a perpetual)" hint="empty: the file says it">
      {({ id }) => (
        <TextField
          id={id}
          value={facts.instrument}
          placeholder="binance:BTCUSDT"
          onText={(instrument) => onFacts({ ...facts, instrument })}
        />
      )}
    </Field>
    <Field label="Timeframe of its bars">
      {({ id }) => <Select id={id} value={facts.tf} choices={tfChoices} onValue={(tf) => onFacts({ ...facts, tf })} />}
    </Field>
    {refused?.code === 'rows_refused' && (
      <Switch
        checked={facts.skipBad}
        onChecked={(skipBad) => onFacts({ ...facts, skipBad })}
        label="Leave the bad rows out. Every report will name them."
      />
    )}
  </div>
)

const noFacts: Facts = { instrument: '', tf: unset, skipBad: false }

/** One import at a time: what is known of the file, how far it is, and what came of it. */
const useImport = (onDone: () => void, onMarket: (instrument: string) => void) => {
  const [facts, setFacts] = useState<Facts>(noFacts)
  const [sending, setSending] = useState<Sending | null>(null)
  const [refused, setRefused] = useState<Refused | null>(null)
  const [cancelled, setCancelled] = useState(false)
  const queries = useQueryClient()
  const api = useApi()
  const close = (): void => {
    sending?.stop.abort()
    setSending(null)
    setRefused(null)
    setCancelled(false)
    setFacts(noFacts)
    onDone()
  }
  const send = async (file: File): Promise<void> => {
    const stop = new AbortController()
    setSending({ sent: 0, stop })
    setRefused(null)
    setCancelled(false)
    const { instrument, tf, skipBad } = facts
    const answer = await upload({
      file,
      instrument: instrument.trim(),
      ...(isTimeframe(tf) ? { tf } : {}),
      skipBad,
      signal: stop.signal,
      onSent: (sent) => setSending({ sent, stop }),
    })
    setSending(null)
    if (answer?.kind === 'refused') setRefused(answer)
    setCancelled(answer === null)
    // The list of what is stored comes when it comes; whatever the end, some of it may be there.
    void queries.invalidateQueries(api.data.list.queryFilter())
    if (answer?.kind !== 'imported') return
    told(answer.series)
    const market = answer.series.find(({ kind }) => kind === 'klines')?.instrument
    if (market !== undefined) onMarket(market)
    close()
  }
  return { facts, setFacts, sending, refused, cancelled, send, close }
}

const Sent = ({ sending: { sent, stop }, size }: { sending: Sending; size: number }) => (
  <Progress
    label={sent < size ? 'Taking the file over' : 'Reading and checking every row'}
    share={sent < size ? sent / Math.max(1, size) : null}
    counts={`${bytesText(sent)} of ${bytesText(size)}`}
    onCancel={() => stop.abort()}
  />
)

export interface AddBarsProps {
  /** What is to be imported; null: nothing, and the dialog is closed. */
  readonly file: File | null
  readonly onClose: () => void
  /** Bars of this market have come. */
  readonly onMarket: (instrument: string) => void
}

export const AddBars = ({ file, onClose, onMarket }: AddBarsProps) => {
  const { facts, setFacts, sending, refused, cancelled, send, close } = useImport(onClose, onMarket)
  // The name stays while the dialog fades.
  const shown = useRef(file)
  if (file !== null) shown.current = file
  return (
    <Dialog
      open={file !== null}
      onOpen={(open) => !open && close()}
      title="Add bars"
      about={`${shown.current?.name ?? ''}, ${bytesText(shown.current?.size ?? 0)}. It is read on this machine and sent nowhere else.`}
      foot={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button look="primary" busy={sending !== null} onClick={() => file !== null && void send(file)}>
            {refused === null ? 'Import' : 'Try again'}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        {refused !== null && <Refusal refused={refused} />}
        {cancelled && <p role="status">{capital(cancelledText)}.</p>}
        {sending === null ? (
          <FactFields facts={facts} onFacts={setFacts} refused={refused} />
        ) : (
          <Sent sending={sending} size={file?.size ?? 0} />
        )}
      </div>
    </Dialog>
  )
}
