// Files dropped anywhere on the page, or chosen by hand: Plays are opened, all else is taken for market data.
'use client'
import { Database, FileInput } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Button } from '../ui/Button'

export type Dropped = (file: File) => void

export const isPlayFile = (name: string): boolean => /\.ya?ml$/i.test(name)

const hasFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') ?? false

/** Hears of files over the window; gives back how to stop. */
const onFiles = (show: (over: boolean) => void, drop: Dropped): (() => void) => {
  // Leaving an element fires too: what counts is whether more were entered than left.
  let depth = 0
  const move = (by: number) => (event: DragEvent) => {
    if (!hasFiles(event)) return
    depth = Math.max(0, depth + by)
    show(depth > 0)
  }
  const [enter, leave] = [move(1), move(-1)]
  const over = (event: DragEvent): void => {
    if (hasFiles(event)) event.preventDefault()
  }
  const end = (event: DragEvent): void => {
    if (!hasFiles(event)) return
    event.preventDefault()
    depth = 0
    show(false)
    const [file] = event.dataTransfer?.files ?? []
    if (file !== undefined) drop(file)
  }
  const events = { dragenter: enter, dragleave: leave, dragover: over, drop: end }
  for (const [name, listener] of Object.entries(events)) window.addEventListener(name, listener as EventListener)
  return () => {
    for (const [name, listener] of Object.entries(events)) window.removeEventListener(name, listener as EventListener)
  }
}

/** Says where to let go while files are over the page; they may be dropped anywhere on it. */
export const DropTarget = ({ onFile }: { onFile: Dropped }) => {
  const [over, setOver] = useState(false)
  const newest = useRef(onFile)
  useEffect(() => {
    newest.current = onFile
  })
  useEffect(() => onFiles(setOver, (file) => newest.current(file)), [])
  if (!over) return null
  return (
    <div className="pointer-events-none fixed inset-2 z-30 grid place-items-center rounded-dialog border-2 border-dashed border-you bg-app/80 text-15 font-semibold text-1">
      Drop bars (CSV, ZIP, Parquet) or a Play (YAML)
    </div>
  )
}

interface PickerProps {
  readonly accept: string
  readonly label: string
  readonly onFile: Dropped
}

const Picker = ({ accept, label, onFile }: PickerProps) => {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <Button onClick={() => input.current?.click()}>{label}</Button>
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
          if (file !== undefined) onFile(file)
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

export const FileSources = ({ stored, onBars, onPlay }: { stored: string; onBars: Dropped; onPlay: Dropped }) => (
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
      action={<Picker accept=".yaml,.yml" label="Open a Play" onFile={onPlay} />}
    />
  </div>
)
