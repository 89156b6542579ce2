// What to download: venue, market, kinds, timeframe and days; one job a kind.
'use client'
import { type FormEvent, useId, useState } from 'react'
import { timeframes } from '../../blocks/kit/timeframe'
import { Button } from '../ui/Button'
import { Checkbox } from '../ui/Checkbox'
import { Dialog } from '../ui/Dialog'
import { Field } from '../ui/Field'
import { Select } from '../ui/Select'
import { TextField } from '../ui/TextField'
import { useAskDownload } from './DownloadList'
import { asksOf, type DownloadForm, formFaults, sampledKinds, sampledTfs, type Venue, venues } from './downloads'
import { dayText, kindWord } from './rows'

const venueChoices = venues.map(({ id, label }) => ({ value: id, label }))
const tfChoices = timeframes.map((tf) => ({ value: tf as string, label: tf }))
const sampledChoices = sampledTfs.map((tf) => ({ value: tf as string, label: tf }))

/** A year of minutes says much of a Play and takes a venue about three minutes. */
const firstForm = (symbol: string): DownloadForm => ({
  ...{ venue: 'binance-perp', symbol, kinds: ['klines', 'mark', 'funding'], tf: '1m', sampledTf: '1h' },
  ...{ from: dayText(Date.now() - 365 * 86_400_000), to: '' },
})

const kindNotes: Readonly<Record<string, string>> = {
  mark: 'liquidations are judged by it',
  funding: 'what holding a perpetual costs',
  instruments: 'tick, step and minimum of all markets',
  'open-interest': 'Binance keeps the last 30 days',
  'long-short': 'Binance keeps the last 30 days',
}
const kindsOf = (venue: Venue['id']): readonly string[] => venues.find(({ id }) => id === venue)?.kinds ?? []
const nameOf = (kind: string): string => (kind === 'instruments' ? 'Market facts' : kindWord(kind))

interface PartProps {
  readonly form: DownloadForm
  readonly change: (part: Partial<DownloadForm>) => void
  readonly faults: ReturnType<typeof formFaults>
}

const Market = ({ form, change, faults, known }: PartProps & { known: readonly string[] }) => {
  const list = useId()
  return (
    <div className="grid grid-cols-2 gap-3">
      <Field label="Venue">
        {({ id }) => (
          <Select
            id={id}
            value={form.venue}
            choices={venueChoices}
            onValue={(venue: Venue['id']) => {
              const kinds = kindsOf(venue)
              change({ venue, kinds: form.kinds.filter((kind) => kinds.includes(kind)) })
            }}
          />
        )}
      </Field>
      <Field label="Market" error={faults.symbol ?? null}>
        {({ id, describedBy }) => (
          <>
            <TextField
              id={id}
              list={list}
              aria-describedby={describedBy}
              wrong={faults.symbol !== undefined}
              placeholder="BTCUSDT"
              value={form.symbol}
              onText={(symbol) => change({ symbol })}
            />
            <datalist id={list}>
              {known.map((symbol) => (
                <option key={symbol} value={symbol} />
              ))}
            </datalist>
          </>
        )}
      </Field>
    </div>
  )
}

const Kinds = ({ form, change, faults }: PartProps) => {
  const kinds = kindsOf(form.venue)
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1 text-11 leading-4 text-3">What</legend>
      {kinds.map((kind) => (
        <Checkbox
          key={kind}
          label={
            <span className="text-1">
              {nameOf(kind)}{' '}
              {kindNotes[kind] !== undefined && <span className="text-11 text-3">{kindNotes[kind]}</span>}
            </span>
          }
          checked={form.kinds.includes(kind)}
          onChecked={(on) => change({ kinds: kinds.filter((one) => (one === kind ? on : form.kinds.includes(one))) })}
        />
      ))}
      {faults.kinds !== undefined && <p className="text-10 leading-[14px] text-neg">{faults.kinds}</p>}
    </fieldset>
  )
}

const Range = ({ form, change, faults }: PartProps) => (
  <div className="grid grid-cols-2 gap-3">
    <Field label="Timeframe of bars">
      {({ id }) => <Select id={id} value={form.tf} choices={tfChoices} onValue={(tf) => change({ tf })} />}
    </Field>
    {form.kinds.some((kind) => sampledKinds.includes(kind)) ? (
      <Field label="Interval of open interest and ratios">
        {({ id }) => (
          <Select
            id={id}
            value={form.sampledTf}
            choices={sampledChoices}
            onValue={(sampledTf) => change({ sampledTf })}
          />
        )}
      </Field>
    ) : (
      <span />
    )}
    {(['from', 'to'] as const).map((end) => (
      <Field
        key={end}
        label={end === 'from' ? 'First day, UTC' : 'Last day, UTC'}
        hint={end === 'to' ? 'empty: up to now' : undefined}
        error={faults[end] ?? null}
      >
        {({ id, describedBy }) => (
          <TextField
            id={id}
            aria-describedby={describedBy}
            wrong={faults[end] !== undefined}
            placeholder="2024-01-01"
            value={form[end]}
            onText={(text) => change({ [end]: text })}
          />
        )}
      </Field>
    ))}
  </div>
)

export interface DownloadDialogProps {
  readonly open: boolean
  readonly onClose: () => void
  /** Symbols to suggest. */
  readonly known: readonly string[]
}

export const DownloadDialog = ({ open, onClose, known }: DownloadDialogProps) => {
  const [form, setForm] = useState<DownloadForm>(() => firstForm(''))
  const [tried, setTried] = useState(false)
  const { ask, busy } = useAskDownload()
  const faults = formFaults(form)
  const part: PartProps = {
    form,
    change: (more) => setForm((now) => ({ ...now, ...more })),
    faults: tried ? faults : {},
  }
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setTried(true)
    if (Object.keys(faults).length > 0) return
    const answers: boolean[] = []
    for (const one of asksOf(form)) answers.push(await ask(one))
    if (!answers.every(Boolean)) return
    setTried(false)
    onClose()
  }
  const id = useId()
  return (
    <Dialog
      open={open}
      onOpen={(next) => !next && onClose()}
      title="Download history"
      about="Public data, without a key. Only what is missing here is asked for, and it goes on while this page is closed."
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" form={id} busy={busy}>
            Download
          </Button>
        </>
      }
    >
      <form id={id} className="flex flex-col gap-3" onSubmit={(event) => void send(event)}>
        <Market {...part} known={known} />
        <Kinds {...part} />
        <Range {...part} />
      </form>
    </Dialog>
  )
}
