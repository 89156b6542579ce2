// Files on their way into the store: progress, what came of each, and what has to be said where a file does not tell.
'use client'
import { X } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { timeframes } from '../../blocks/kit/timeframe'
import { bytesText, countText } from '../home/sizes'
import { cancelledText, unknownEnd } from '../home/upload'
import { Button } from '../ui/Button'
import { Fault } from '../ui/Fault'
import { Field } from '../ui/Field'
import { IconButton } from '../ui/IconButton'
import { Panel } from '../ui/Panel'
import { Progress } from '../ui/Progress'
import { Select } from '../ui/Select'
import { Switch } from '../ui/Switch'
import { sentence } from '../ui/sentence'
import { TextField } from '../ui/TextField'
import { Verdict } from '../ui/Verdict'
import type { SeriesKey } from './api'
import type { Imports } from './importQueue'
import {
  type FileFacts,
  type Imported,
  type ImportItem,
  importedText,
  isAsked,
  isPublished,
  type Refused,
} from './imports'
import { kindWord, seriesHref } from './rows'

const unset = 'file'
const kindChoices = [
  { value: unset, label: 'As the file says' },
  ...['klines', 'mark', 'funding', 'open-interest', 'long-short', 'liquidations', 'series'].map((kind) => ({
    value: kind,
    label: kind === 'series' ? 'Other published values' : kindWord(kind),
  })),
  { value: 'instruments', label: 'Market facts' },
]
const tfChoices = [
  { value: unset, label: 'As the file says' },
  { value: 'none', label: 'No fixed interval' },
  ...timeframes.map((tf) => ({ value: tf as string, label: tf })),
]

interface FactProps {
  readonly facts: FileFacts
  readonly onFacts: (facts: FileFacts) => void
}

const Choice = ({
  name,
  label,
  choices,
  facts,
  onFacts,
}: FactProps & { name: 'kind' | 'tf'; label: string; choices: readonly { value: string; label: string }[] }) => (
  <Field label={label}>
    {({ id }) => (
      <Select
        id={id}
        value={facts[name] === '' ? unset : facts[name]}
        choices={choices}
        onValue={(value) => onFacts({ ...facts, [name]: value === unset ? '' : value })}
      />
    )}
  </Field>
)

const Text = ({
  name,
  label,
  example,
  facts,
  onFacts,
}: FactProps & { name: keyof FileFacts; label: string; example: string }) => (
  <Field label={label}>
    {({ id }) => (
      <TextField
        id={id}
        value={facts[name]}
        placeholder={example}
        onText={(text) => onFacts({ ...facts, [name]: text })}
      />
    )}
  </Field>
)

const Facts = (props: FactProps) => (
  <div className="grid grid-cols-2 gap-2.5">
    <Choice {...props} name="kind" label="Kind" choices={kindChoices} />
    <Choice {...props} name="tf" label="Timeframe or interval" choices={tfChoices} />
    <div className={isAsked('instrument', props.facts.kind) ? 'col-span-full' : 'hidden'}>
      <Text
        {...props}
        name="instrument"
        label="Market, as venue:SYMBOL (.P for a perpetual)"
        example="binance:BTCUSDT"
      />
    </div>
    {isPublished(props.facts.kind) && (
      <>
        <Text {...props} name="series" label="Name" example="CapMVRVCur" />
        <Text {...props} name="source" label="Who publishes it" example="Coin Metrics" />
        <Text {...props} name="unit" label="Unit" example="ratio" />
        <Text {...props} name="delay" label="Known after" example="48h" />
        <Text {...props} name="maxAge" label="Counts for" example="3d" />
      </>
    )}
  </div>
)

/** A sentence that begins with the name of a file begins as the file is called. */
const said = (text: string, name: string): string => (text.startsWith(name) ? `${text}.` : sentence(text))

/** Nothing is wrong with the file: it leaves something open that only its owner knows. */
const isLeftOpen = ({ code }: Refused): boolean => code === 'option_missing'

const Question = ({ name, answer: { message, hint } }: { name: string; answer: Refused }) => (
  <div role="status" className="rounded-card border border-line-2 bg-inset p-3 text-11 leading-4 text-2">
    <p className="text-1">{said(message, name)}</p>
    {hint !== null && <p>{sentence(hint)}</p>}
  </div>
)

const Why = ({ name, answer: { code, message, hint, problems } }: { name: string; answer: Refused }) => {
  const rows = code === 'rows_refused' && problems.length > 0
  return (
    <Fault title={code === unknownEnd ? `Whether ${name} was taken is not known` : `${name} was not taken`}>
      {!rows && <p>{said(message, name)}</p>}
      {(rows || problems.length > 1) && (
        <ul className="my-1 list-disc pl-4 text-1">
          {problems.map((problem) => (
            <li key={`${problem.message}${problem.where.line ?? ''}`}>{said(problem.message, name)}</li>
          ))}
        </ul>
      )}
      {hint !== null && <p>{`What to do: ${sentence(hint)}`}</p>}
      <p>A series is taken whole or not at all.</p>
    </Fault>
  )
}

interface ItemProps {
  readonly item: ImportItem
  readonly imports: Imports
}

const RefusedFile = ({ item, answer, imports: { retry, drop } }: ItemProps & { answer: Refused }) => {
  const [facts, setFacts] = useState(item.facts)
  const [skipBad, setSkipBad] = useState(item.skipBad)
  return (
    <div className="flex flex-col gap-2.5">
      {isLeftOpen(answer) ? (
        <Question name={item.file.name} answer={answer} />
      ) : (
        <Why name={item.file.name} answer={answer} />
      )}
      <Facts facts={facts} onFacts={setFacts} />
      {answer.code === 'rows_refused' && (
        <Switch checked={skipBad} onChecked={setSkipBad} label="Leave the bad rows out. Every report will name them." />
      )}
      <span className="flex justify-end gap-2">
        <Button onClick={() => drop(item.id)}>Leave it</Button>
        <Button look="primary" onClick={() => retry({ ...item, facts, skipBad })}>
          {isLeftOpen(answer) ? 'Import' : 'Try again'}
        </Button>
      </span>
    </div>
  )
}

const Taken = ({ file, answer: { series, sheets } }: { file: File; answer: Imported }) => (
  <div className="min-w-0 flex-1 leading-4">
    <p className="truncate text-12 text-1">{file.name}</p>
    {series.map((one) => (
      <p key={`${one.instrument} ${one.kind} ${one.tf}`} className="text-11 text-3">
        <Link href={seriesHref(one as SeriesKey)} className="rounded-chip text-you hover:underline">
          {one.instrument}
        </Link>{' '}
        {`${importedText(one)}.`}
      </p>
    ))}
    {sheets > 0 && <p className="text-11 text-3">Market facts are kept.</p>}
  </div>
)

const Item = ({ item, imports }: ItemProps) => {
  const { id, file, state } = item
  if (state.kind === 'refused') return <RefusedFile item={item} answer={state.answer} imports={imports} />
  if (state.kind === 'sending')
    return (
      <Progress
        label={file.name}
        share={state.sent < file.size ? state.sent / Math.max(1, file.size) : null}
        counts={
          state.sent < file.size
            ? `${bytesText(state.sent)} of ${bytesText(file.size)}`
            : `${bytesText(file.size)}, every row is checked`
        }
        onCancel={() => imports.drop(id)}
      />
    )
  return (
    <div className="flex items-start gap-2 px-0.5">
      <span className="mt-0.5 flex-none">
        {state.kind === 'imported' ? (
          <Verdict kind="pass" word="imported" />
        ) : (
          <Verdict kind={state.kind === 'waiting' ? 'wait' : 'no'} word={state.kind} />
        )}
      </span>
      {state.kind === 'imported' ? (
        <Taken file={file} answer={state.answer} />
      ) : (
        <p className="min-w-0 flex-1 truncate leading-4 text-2">
          {`${file.name}, ${state.kind === 'waiting' ? 'waits for its turn' : cancelledText}`}
        </p>
      )}
      <IconButton
        size="s"
        label={`Take ${file.name} off this list`}
        icon={<X size={12} aria-hidden />}
        onClick={() => imports.drop(id)}
      />
    </div>
  )
}

export const ImportCard = ({ imports }: { imports: Imports }) => {
  const { items, clear } = imports
  if (items.length === 0) return null
  return (
    <Panel
      card
      title="Files"
      hint={countText(items.length)}
      className="flex-none"
      actions={
        <Button size="s" look="quiet" onClick={clear}>
          Clear what is done
        </Button>
      }
    >
      <ul aria-label="Files to import" aria-live="polite" className="flex flex-col gap-3 px-3 pb-3 text-12">
        {items.map((item) => (
          <li key={item.id} data-state={item.state.kind}>
            <Item item={item} imports={imports} />
          </li>
        ))}
      </ul>
    </Panel>
  )
}
