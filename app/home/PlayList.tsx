// The Plays of this browser: open, rename where they stand, duplicate, export, delete with a way back.
'use client'
import { Copy, Download, Ellipsis, Pencil, Trash2 } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useEffect, useRef, useState } from 'react'
import { download, fileName, fileText } from '../document/file'
import { type Listed, storage } from '../document/storage'
import { ago } from '../document/times'
import { sweepSoon } from '../sync/sync'
import { SyntheticChip } from '../ui/Chip'
import { IconButton } from '../ui/IconButton'
import { Menu } from '../ui/Menu'
import { notify } from '../ui/notify'
import { marketWord } from '../workbench/markets'

/** The field in which a title is changed: what was there is selected, Escape leaves it as it was. */
const TitleField = ({ title, onDone }: { title: string; onDone: (title: string | null) => void }) => {
  const [typed, setTyped] = useState(title)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.select(), [])
  return (
    <input
      ref={field}
      aria-label="Title of the Play"
      value={typed}
      maxLength={200}
      className="h-5 w-full rounded-chip border border-line-field bg-inset px-1 font-semibold text-1"
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={() => onDone(typed)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur()
        if (event.key === 'Escape') onDone(null)
      }}
    />
  )
}

interface RowProps {
  readonly play: Listed
  readonly nowMs: number
  readonly onChange: () => Promise<void>
}

const useRow = ({ play, onChange }: RowProps) => {
  const router = useRouter()
  const tried = (what: string, work: () => Promise<void>): void => {
    work().catch((error: unknown) =>
      notify({ tone: 'error', text: what, detail: error instanceof Error ? error.message : String(error) }),
    )
  }
  const changed = async (): Promise<void> => {
    sweepSoon()
    await onChange()
  }
  const bringBack = async (): Promise<void> => {
    await (await storage()).restore(play.id)
    await changed()
  }
  return {
    rename: (title: string): void =>
      tried('Not renamed', async () => {
        await (await storage()).retitle(play.id, title)
        await changed()
      }),
    duplicate: (): void =>
      tried('No copy was made', async () => {
        const copy = await (await storage()).duplicate(play.id)
        if (copy !== null) router.push(`/play/${copy}`)
      }),
    exportFile: (): void =>
      tried('Not exported', async () => {
        const found = await (await storage()).load(play.id)
        if (found !== null) download(fileName(found.document.tree), fileText(found.document))
      }),
    remove: (): void =>
      tried('Not deleted', async () => {
        await (await storage()).remove(play.id)
        await changed()
        const undo = { label: 'Undo', run: () => tried('Not brought back', bringBack) }
        notify({ tone: 'done', text: `${play.title} was deleted.`, action: undo })
      }),
  }
}

const Row = (props: RowProps) => {
  const { play, nowMs } = props
  const [renaming, setRenaming] = useState(false)
  const { rename, duplicate, exportFile, remove } = useRow(props)
  return (
    <tr className="h-[30px] border-t border-line-1 hover:bg-hover max-md:h-12">
      <td className="max-w-0 truncate pl-3">
        {renaming ? (
          <TitleField
            title={play.title}
            onDone={(title) => {
              setRenaming(false)
              if (title !== null && title.trim() !== '' && title !== play.title) rename(title)
            }}
          />
        ) : (
          <Link href={`/play/${play.id}`} className="rounded-chip py-2 font-semibold text-1 hover:underline">
            {play.title}
          </Link>
        )}
      </td>
      <td className="text-2 max-md:hidden">
        <span className="flex items-center gap-2">
          <span className="truncate">{play.markets.map(marketWord).join(', ')}</span>
          {play.markets.some((id) => id.startsWith('synthetic:')) && <SyntheticChip />}
        </span>
      </td>
      <td className="text-2">{play.tf}</td>
      <td className="text-right text-2 tabular-nums max-md:hidden">{play.nodes}</td>
      <td className="pr-2 text-right text-3 tabular-nums">{ago(play.changedMs, nowMs)}</td>
      <td className="pr-2 text-right">
        <Menu
          align="end"
          entries={[
            { label: 'Rename', icon: <Pencil size={13} aria-hidden />, run: () => setRenaming(true) },
            { label: 'Duplicate', icon: <Copy size={13} aria-hidden />, run: duplicate },
            { label: 'Export as a file', icon: <Download size={13} aria-hidden />, run: exportFile },
            { kind: 'line' },
            { label: 'Delete', icon: <Trash2 size={13} aria-hidden />, run: remove, danger: true },
          ]}
        >
          <IconButton
            size="s"
            className="pointer-coarse:size-9"
            label={`More about ${play.title}`}
            icon={<Ellipsis size={14} aria-hidden />}
          />
        </Menu>
      </td>
    </tr>
  )
}

export interface PlayListProps {
  readonly plays: readonly Listed[]
  readonly nowMs: number
  readonly onChange: () => Promise<void>
}

export const PlayList = ({ plays, nowMs, onChange }: PlayListProps) => (
  <div className="overflow-hidden rounded-card border border-line-1 bg-panel">
    <table className="w-full table-fixed text-12">
      <thead>
        <tr className="h-[26px] text-left text-11 text-3 [&>th]:font-normal">
          <th className="pl-3">Play</th>
          <th className="w-1/4 max-md:hidden">Market</th>
          <th className="w-20 max-md:w-14">
            <span className="max-md:sr-only">Timeframe</span>
          </th>
          <th className="w-16 text-right max-md:hidden">Nodes</th>
          <th className="w-28 pr-2 text-right max-md:w-24">Changed</th>
          <th className="w-11">
            <span className="sr-only">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {plays.map((play) => (
          <Row key={play.id} play={play} nowMs={nowMs} onChange={onChange} />
        ))}
      </tbody>
    </table>
  </div>
)
