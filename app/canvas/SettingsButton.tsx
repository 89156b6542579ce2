// Settings that stand at their defaults: set here, they become rows of the node.
'use client'
import { Settings2 } from 'lucide-react'
import { Popover } from '../ui/Popover'
import type { NodeView } from './nodeParts'
import { ValueField } from './ValueField'

export const SettingsButton = ({ view }: { view: NodeView }) => (
  <Popover
    label={`More settings of ${view.title}`}
    className="w-60"
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
    <div className="flex flex-col gap-1.5">
      <b>{view.title}</b>
      <p className="text-11 leading-4 text-3">At their defaults. What you change is written into the Play.</p>
      {view.settings.map((field) => (
        <div key={field.key} className="flex h-6 items-center gap-2">
          <span className="min-w-0 flex-1 truncate" title={field.about ?? undefined}>
            {field.label}
          </span>
          <ValueField node={view.id} field={field} />
        </div>
      ))}
    </div>
  </Popover>
)
