// Buttons in their states.
'use client'
import { Grid3x3, Radio, Redo2, Search, Undo2 } from 'lucide-react'
import { useState } from 'react'
import { Button, type ButtonLook } from '../ui/Button'
import { IconButton } from '../ui/IconButton'
import { Kbd } from '../ui/Kbd'
import { Segmented } from '../ui/Segmented'
import { Section } from './Section'

const rows: readonly (readonly [ButtonLook, string, string])[] = [
  ['primary', 'Primary', 'Publish'],
  ['default', 'Default', 'Share'],
  ['quiet', 'Quiet', 'Remove'],
  ['danger', 'Danger', 'Flatten'],
]

const Row = ({ look, name, word }: { look: ButtonLook; name: string; word: string }) => (
  <>
    <span className="text-11">{name}</span>
    <Button look={look}>{word}</Button>
    <Button look={look} busy>
      {word}
    </Button>
    <Button look={look} disabled>
      {word}
    </Button>
    <Button look={look} size="s">
      {word}
    </Button>
    <Button look={look} size="l">
      {word}
    </Button>
  </>
)

export const Buttons = () => {
  const [grid, setGrid] = useState(true)
  const [face, setFace] = useState<'graph' | 'text' | 'words'>('graph')
  return (
    <Section title="Buttons">
      <div className="grid grid-cols-[54px_repeat(5,auto)] items-center justify-start justify-items-start gap-2.5">
        <span />
        {['rest', 'busy', 'off', 'small', 'large'].map((name) => (
          <span key={name} className="text-10 text-3">
            {name}
          </span>
        ))}
        {rows.map(([look, name, word]) => (
          <Row key={look} look={look} name={name} word={word} />
        ))}
      </div>
      <div className="mt-2.5 flex items-center gap-2.5">
        <Button look="live">
          <Radio size={13} aria-hidden />
          Approve live
        </Button>
        <span className="text-10 text-3">on an approval only</span>
      </div>
      <div className="mt-3 flex items-center gap-1">
        <IconButton label="Undo" keys="Ctrl+Z" icon={<Undo2 size={15} aria-hidden />} />
        <IconButton label="Redo" keys="Ctrl+Y" icon={<Redo2 size={15} aria-hidden />} disabled />
        <IconButton
          label="Show the grid"
          pressed={grid}
          onClick={() => setGrid(!grid)}
          icon={<Grid3x3 size={15} aria-hidden />}
        />
        <Button look="quiet">
          <Search size={14} aria-hidden />
          <Kbd>⌘K</Kbd>
        </Button>
        <Segmented
          label="Face"
          value={face}
          onValue={setFace}
          choices={[
            { value: 'graph', label: 'Graph' },
            { value: 'text', label: 'Text' },
            { value: 'words', label: 'Words' },
          ]}
        />
      </div>
    </Section>
  )
}
