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
        disabled={field.value === ''}
        onClick={() => {
          onDone()
          actions.setValue(node, field.key, field.value)
          attendField(node, field.key)
        }}
      />
    </div>
  )
}

export const SettingsButton = ({ view }: { view: NodeView }) => {
  const [open, setOpen] = useState(false)
  return (
    <Popover
      label={`More settings of ${view.title}`}
      className="w-64"
      open={open}
      onOpen={setOpen}
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
          {view.settings.map((field) => (
            <SettingRow key={field.key} node={view.id} field={field} onDone={() => setOpen(false)} />
          ))}
        </div>
      </OwnKeys>
    </Popover>
  )
}
