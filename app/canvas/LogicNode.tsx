// A node: role stripe, header, rows with their sockets and fields, a value line for each output, its problems.
'use client'
import type { Node, NodeProps } from '@xyflow/react'
import { ChevronsUpDown, FlipVertical2, Maximize2, StickyNote } from 'lucide-react'
import { memo } from 'react'
import { Chip } from '../ui/Chip'
import { classes } from '../ui/classes'
import { useView } from '../workbench/view'
import { iconOf } from './icons'
import type { PlacedNode } from './model'
import type { NodeView, RowView } from './nodeParts'
import { heights, socketYs } from './nodeSize'
import { type NodeState, useNodeState } from './nodeState'
import { ProblemBadge } from './ProblemBadge'
import { RungRow } from './RungRow'
import { roleColour } from './roles'
import { SettingsButton } from './SettingsButton'
import { Socket } from './Socket'
import { StartButtons } from './StartButtons'
import { useScene } from './scene'
import { useMirrored } from './useMirrored'
import { ValueField } from './ValueField'
import { ValueLine } from './ValueLine'
import { useFar } from './zoom'

export interface LogicData extends Record<string, unknown> {
  readonly node: PlacedNode
  readonly open: boolean
  readonly onOpen: (id: string) => void
}
export type LogicFlowNode = Node<LogicData, 'logic'>

const Header = ({ view, far }: { view: NodeView; far: boolean }) => {
  const Icon = iconOf(view.icon)
  return (
    <div className="flex h-[26px] items-center gap-1.5 pr-[7px] pl-2.5 text-12 font-semibold whitespace-nowrap text-1">
      <Icon size={13} className="flex-none text-(--rc)" aria-hidden />
      <span
        className="min-w-0 flex-1 truncate"
        title={view.hint === null ? view.summary : `${view.hint}: ${view.summary}`}
      >
        {view.title}
      </span>
      {!far && view.hint !== null && view.headField === null && (
        <span className="min-w-0 flex-none truncate text-10 font-normal text-3">{view.hint}</span>
      )}
      {!far && view.headField !== null && <ValueField node={view.id} field={view.headField} tight />}
      {!far && view.version !== null && <Chip>{view.version}</Chip>}
      {!far && view.form === 'block' && (
        <button
          type="button"
          aria-label={`Look inside ${view.title}`}
          title="Look inside"
          className="nodrag grid size-4 flex-none place-items-center rounded-chip text-3 hover:text-1"
          onClick={() => useView.setState(({ inside }) => ({ inside: [...inside, view.id], selected: [] }))}
        >
          <Maximize2 size={11} aria-hidden />
        </button>
      )}
    </div>
  )
}

/** Buttons that come with the mouse or the focus, above the header: they take no room from it. */
const Tools = ({ view, data }: { view: NodeView; data: LogicData }) => {
  const { readOnly } = useScene()
  return (
    <div className="nodrag nopan pointer-events-none absolute right-3 bottom-full z-20 flex gap-px rounded-t-[4px] border border-b-0 border-line-2 bg-raised px-0.5 opacity-0 empty:hidden group-focus-within/node:pointer-events-auto group-focus-within/node:opacity-100 group-hover/node:pointer-events-auto group-hover/node:opacity-100 has-data-[state=open]:opacity-100">
      {(view.more > 0 || data.open) && (
        <button
          type="button"
          aria-expanded={data.open}
          aria-label={data.open ? 'Show fewer sockets' : `Show ${view.more} more sockets`}
          title={data.open ? 'Show fewer sockets' : `${view.more} more sockets`}
          className="grid h-4 w-[18px] place-items-center rounded-chip text-3 hover:text-1"
          onClick={() => data.onOpen(view.id)}
        >
          <ChevronsUpDown size={11} aria-hidden />
        </button>
      )}
      {!readOnly && <StartButtons view={view} />}
      {!readOnly && <SettingsButton view={view} />}
    </div>
  )
}

const Row = ({ node, row }: { node: string; row: RowView }) => {
  if (row.kind === 'rung') return <RungRow node={node} row={row} />
  const label = row.kind === 'field' ? row.field.label : row.text
  const field = row.field
  return (
    <div className="flex h-6 items-center gap-1.5 pr-2 pl-3 text-[11.5px] whitespace-nowrap text-2">
      <span className="min-w-0 flex-1 truncate" title={label}>
        {label}
      </span>
      {field !== null && <ValueField node={node} field={field} />}
    </div>
  )
}

const Sockets = ({ view }: { view: NodeView }) => {
  const ys = socketYs(view)
  const inputs = [
    ...(view.headInput === null ? [] : [view.headInput]),
    ...view.rows.flatMap((row) => (row.kind === 'port' && row.input !== null ? [row.input] : [])),
  ]
  return (
    <>
      {inputs.map(({ handle, letter, wired, label }) => (
        <Socket
          key={`in ${handle}`}
          node={view.id}
          side="in"
          name={handle}
          letter={letter}
          filled={wired}
          label={label}
          y={ys.inputs.get(handle) ?? 0}
        />
      ))}
      {view.outputs.map(({ handle, letter, wired, label }) => (
        <Socket
          key={`out ${handle ?? ''}`}
          node={view.id}
          side="out"
          name={handle}
          letter={letter}
          filled={wired}
          label={label}
          y={ys.outputs.get(handle) ?? 0}
        />
      ))}
    </>
  )
}

/** A corner that says there is a note; the note itself while the node is looked at. */
const Note = ({ text }: { text: string }) => (
  <>
    <StickyNote size={11} aria-hidden className="absolute -top-1.5 left-2 fill-warn-bg text-warn" />
    <div className="pointer-events-none absolute bottom-full left-0 z-20 mb-1.5 hidden w-max max-w-60 rounded-node border border-warn-line bg-warn-bg px-2 py-1 text-10 leading-[14px] whitespace-pre-line text-1 group-focus-within/node:block group-hover/node:block">
      {text}
    </div>
  </>
)

/** A corner that says that words and figures are those of the mirrored side. */
const MirroredMark = () => (
  <span
    title="The mirrored side: words and figures are those of this trade."
    className="absolute -top-2 left-6 z-10 grid size-4 place-items-center rounded-chip border border-line-2 bg-raised text-2"
  >
    <FlipVertical2 size={10} aria-hidden />
    <span className="sr-only">mirrored side</span>
  </span>
)

const frameOf = (state: NodeState, selected: boolean, worst: 'error' | 'warning' | null): string => {
  if (selected)
    return 'border-you shadow-[0_0_0_1px_var(--you),0_0_0_5px_color-mix(in_srgb,var(--you)_18%,transparent)]'
  if (state.first)
    return 'border-neg shadow-[0_0_0_1px_var(--neg),0_0_0_5px_color-mix(in_srgb,var(--neg)_16%,transparent)]'
  if (worst !== null) return worst === 'error' ? 'border-neg' : 'border-warn-line'
  return state.dimmed ? 'border-line-1' : 'border-line-2 hover:border-line-3'
}

const LogicNodeBase = ({ id, data, selected }: NodeProps<LogicFlowNode>) => {
  const { role, problems, note } = data.node
  const { view, isMirrored } = useMirrored(data.node.view)
  const far = useFar()
  const state = useNodeState(id, role === 'exit' || role === 'inval')
  const worst = problems.some(({ severity }) => severity === 'error') ? 'error' : problems.length > 0 ? 'warning' : null
  return (
    <div
      data-state={state.first ? 'first' : undefined}
      className={classes(
        'group/node relative rounded-node border',
        state.dimmed ? 'quiet-node bg-canvas' : 'bg-raised shadow-rest',
        frameOf(state, selected, worst),
      )}
      style={{ ...roleColour(state.dimmed ? 'none' : role), width: view.width, minHeight: view.height }}
    >
      <span aria-hidden className="absolute -top-px -bottom-px -left-px w-[3px] rounded-l-node bg-(--rc)" />
      {!far && <Tools view={view} data={data} />}
      <Header view={view} far={far} />
      {far ? (
        <div style={{ height: view.height - heights.head - 2 }} />
      ) : (
        <>
          {view.rows.map((row) => (
            <Row key={row.key} node={id} row={row} />
          ))}
          {view.outputs.length === 0 && <div className="h-[22px] border-t border-line-1" />}
          {view.outputs.map((output, i) => (
            <ValueLine
              key={output.name}
              view={view}
              output={output}
              last={i === view.outputs.length - 1}
              isExit={role === 'exit' || role === 'inval'}
            />
          ))}
        </>
      )}
      <Sockets view={view} />
      {problems.length > 0 && <ProblemBadge problems={problems} title={view.title} />}
      {isMirrored && !far && <MirroredMark />}
      {note !== null && !far && <Note text={note} />}
    </div>
  )
}

export const LogicNode = memo(LogicNodeBase)
