// Fields: numbers with units, texts, choices, ticks, and a range for the search.
'use client'
import { Plus, Search } from 'lucide-react'
import { useState } from 'react'
import { Checkbox } from '../ui/Checkbox'
import { Field } from '../ui/Field'
import { Kbd } from '../ui/Kbd'
import { NumberField } from '../ui/NumberField'
import { Segmented } from '../ui/Segmented'
import { Select } from '../ui/Select'
import { Slider } from '../ui/Slider'
import { Switch } from '../ui/Switch'
import { TextField } from '../ui/TextField'
import { Section } from './Section'

const markets = [
  { value: 'btc', label: 'BTCUSDT perp', hint: 'stored' },
  { value: 'eth', label: 'ETHUSDT perp', hint: 'stored' },
  { value: 'practice', label: 'Practice market', hint: 'SYNTHETIC' },
] as const

const Numbers = () => {
  const [stop, setStop] = useState(2.5)
  const [share, setShare] = useState(40)
  const [fault, setFault] = useState<string | null>(null)
  const [market, setMarket] = useState<(typeof markets)[number]['value']>('btc')
  const [search, setSearch] = useState('')
  return (
    <>
      <Field label="Number with unit">
        {({ id }) => <NumberField id={id} value={stop} onValue={setStop} step={0.1} min={0.1} max={20} unit="× ATR" />}
      </Field>
      <Field label="Share, at most 100" error={fault}>
        {({ id, describedBy }) => (
          <NumberField
            id={id}
            aria-describedby={describedBy}
            value={share}
            onValue={setShare}
            onFault={setFault}
            step={5}
            min={0}
            max={100}
            unit="%"
          />
        )}
      </Field>
      <Field label="Text">
        {({ id }) => (
          <TextField
            id={id}
            value={search}
            onText={setSearch}
            placeholder="Add a block"
            before={<Search size={13} aria-hidden />}
            after={<Kbd>/</Kbd>}
          />
        )}
      </Field>
      <Field label="Choice">
        {({ id }) => <Select id={id} value={market} onValue={setMarket} choices={markets} />}
      </Field>
    </>
  )
}

const InANode = () => {
  const [length, setLength] = useState(13)
  return (
    <div className="flex items-center gap-2 text-[11.5px]">
      In a node
      <NumberField aria-label="Length" size="s" value={length} onValue={setLength} step={1} min={1} whole unit="bars" />
      <span className="grid size-5 place-items-center rounded-[4px] border border-dashed border-line-2 text-3">
        <Plus size={11} aria-hidden />
      </span>
    </div>
  )
}

export const Fields = () => {
  const [length, setLength] = useState(19)
  const [snap, setSnap] = useState(true)
  const [ghost, setGhost] = useState(false)
  const [long, setLong] = useState(true)
  const [short, setShort] = useState(false)
  const [list, setList] = useState<'list' | 'sheet'>('list')
  const range = { min: 8, max: 34 }
  return (
    <Section title="Fields">
      <div className="grid grid-cols-2 gap-x-3.5 gap-y-3">
        <Numbers />
        <div className="col-span-2">
          <div className="mb-1 flex justify-between text-11">
            <span className="text-3">Parameter with search range: {length}</span>
            <span>8 to 34, step 1</span>
          </div>
          <Slider label="Length" value={length} onValue={setLength} min={2} max={50} step={1} search={range} />
        </div>
        <div className="col-span-2 flex flex-wrap items-center gap-3.5">
          <Switch label="Snap" checked={snap} onChecked={setSnap} />
          <Switch label="Ghost" checked={ghost} onChecked={setGhost} />
          <Checkbox label="Long" checked={long} onChecked={setLong} />
          <Checkbox label="Short" checked={short} onChecked={setShort} />
          <InANode />
          <Segmented
            label="Form"
            size="s"
            value={list}
            onValue={setList}
            choices={[
              { value: 'list', label: 'List' },
              { value: 'sheet', label: 'Sheet' },
            ]}
          />
        </div>
      </div>
    </Section>
  )
}
