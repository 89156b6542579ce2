// Settings that stand at their defaults: changed or written out here, they become rows of the node.
'use client'
import { Settings2, SquarePlus } from 'lucide-react'
import { useState } from 'react'
import { IconButton } from '../ui/IconButton'
import { Popover } from '../ui/Popover'
import { attendField } from './attend'
import type { FieldView } from './fields'
import type { NodeView } from './nodeParts'
import { OwnKeys } from './OwnKeys'
import { useScene } from './scene'
import { ValueField } from './ValueField'

const SettingRow = ({ node, field, onDone }: { node: string; field: FieldView; onDone: () => void }) => {
  const { actions } = useScene()
  return (
    <div className="group/node flex h-6 items-center gap-2">
      <span className="min-w-0 flex-1 truncate" title={field.about ?? undefined}>
        {field.label}
      </span>
      <ValueField node={node} field={field} />
      <IconButton
        size="s"
        label={`Show ${field.label} on the node`}
        icon={<SquarePlus size={12} aria-hidden />}
        disabled={!field.preset || field.value === ''}
        onClick={() => {
          onDone()
          actions.setValue(node, field.key, field.value)
          attendField(node, field.key)
        }}
      />
    </div>
  )
}

/** The fields that stood at their defaults when the list was opened, as they are now: none leaves under the hand. */
const shownFields = ({ settings, headField, rows }: NodeView, keys: ReadonlySet<string>): readonly FieldView[] => {
  const others = [headField, ...rows.map((row) => (row.kind === 'rung' ? null : row.field))]
  const written = others.filter((field) => field !== null && keys.has(field.key) && field.spec !== null)
  const all = new Map(
    [...settings, ...written].flatMap((field) => (field === null ? [] : [[field.key, field] as const])),
  )
  return [...new Set([...keys, ...settings.map(({ key }) => key)])].flatMap((key) => all.get(key) ?? [])
}

const none: ReadonlySet<string> = new Set()

export const SettingsButton = ({ view }: { view: NodeView }) => {
  const [keys, setKeys] = useState<ReadonlySet<string> | null>(null)
  if (keys === null && view.settings.length === 0) return null
  return (
    <Popover
      label={`More settings of ${view.title}`}
      className="w-64"
      open={keys !== null}
      onOpen={(open) => setKeys(open ? new Set(view.settings.map(({ key }) => key)) : null)}
      trigger={
        <button
          type="button"
          aria-label={`More settings of ${view.title}`}
          title="More settings"
          className="grid h-4 w-[18px] place-items-center rounded-chip text-3 hover:text-1"
        >
          <Settings2 size={11} aria-hidden />
        </button>
      }
    >
      <OwnKeys>
        <div className="flex flex-col gap-1.5">
          <b>{view.title}</b>
          <p className="text-11 leading-4 text-3">
            At their defaults. What you change, or show on the node, is written into the Play.
          </p>
          {shownFields(view, keys ?? none).map((field) => (
            <SettingRow key={field.key} node={view.id} field={field} onDone={() => setKeys(null)} />
          ))}
        </div>
      </OwnKeys>
    </Popover>
  )
}
