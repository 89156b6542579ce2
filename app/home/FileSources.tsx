// Files from elsewhere, chosen by hand: bars for the store of this machine, and Plays.
'use client'
import { Database, FileInput } from 'lucide-react'
import { type ReactNode, useRef } from 'react'
import { Button } from '../ui/Button'
import type { Dropped } from './DropTarget'

interface PickerProps {
  readonly accept: string
  readonly label: string
  readonly busy?: boolean
  readonly onFile: Dropped
}

const Picker = ({ accept, label, busy = false, onFile }: PickerProps) => {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <Button busy={busy} onClick={() => input.current?.click()}>
        {label}
      </Button>
      <input
        ref={input}
        type="file"
        accept={accept}
        aria-label={label}
        tabIndex={-1}
        className="sr-only"
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? []
          // The same file can be chosen again.
          event.currentTarget.value = ''
          if (file !== undefined) onFile(file, [file])
        }}
      />
    </>
  )
}

const Source = ({ icon, title, text, action }: { icon: ReactNode; title: string; text: string; action: ReactNode }) => (
  <div className="flex items-center gap-4 rounded-card border border-line-1 bg-panel px-4 py-3.5">
    <span className="flex-none text-3">{icon}</span>
    <div className="min-w-0 flex-1">
      <b className="block text-12 leading-5 text-1">{title}</b>
      <span className="block text-11 leading-4 text-3">{text}</span>
    </div>
    {action}
  </div>
)

export interface FileSourcesProps {
  /** What is stored, as a sentence. */
  readonly stored: string
  /** Name of what is on its way. */
  readonly busy: string | null
  readonly onBars: Dropped
  readonly onPlay: Dropped
}

export const FileSources = ({ stored, busy, onBars, onPlay }: FileSourcesProps) => (
  <div className="grid grid-cols-1 gap-3 md:grid-cols-2">
    <Source
      icon={<Database size={20} strokeWidth={1.6} aria-hidden />}
      title="Real bars"
      text={`Drop a CSV, ZIP or Parquet file anywhere on this page. ${stored}`}
      action={<Picker accept=".csv,.zip,.gz,.parquet,.json" label="Add data" onFile={onBars} />}
    />
    <Source
      icon={<FileInput size={20} strokeWidth={1.6} aria-hidden />}
      title="A Play from a file"
      text="YAML with its layout, as another Playloom exported it or as you wrote it."
      action={<Picker accept=".yaml,.yml" label="Open a Play" busy={busy === 'file'} onFile={onPlay} />}
    />
  </div>
)
