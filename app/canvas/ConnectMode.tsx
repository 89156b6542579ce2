// Wires by keyboard: choose an output of the node, then a place from the list of all that take it.
'use client'
import { useEffect, useMemo, useState } from 'react'
import type { WireTarget, Wiring } from '../../blocks/play/connect'
import { notify } from '../ui/notify'
import { useDocument } from '../workbench/session'
import type { Actions } from './actions'
import { attendNode } from './attend'
import { roomAt } from './drawn'
import { gaps, type Spot } from './layout'
import type { CanvasModel } from './model'
import { offersFor, type WiredOffer } from './offers'
import { type Pick, PickList } from './PickList'
import type { PullEnd } from './pull'
import { SocketGlyph } from './SocketGlyph'
import { type Candidate, candidatesFrom, settle } from './settle'
import { sightMiddle } from './sight'
import { reasonWords, titleOf } from './words'

interface ConnectModeProps {
  readonly from: string
  readonly wiring: Wiring
  readonly model: CanvasModel
  readonly actions: Actions
  readonly onClose: () => void
}

/** Behind the node that the wire comes from. */
const besideOf = (model: CanvasModel, id: string): Spot => {
  const node = model.nodes.find(({ view }) => view.id === id)
  return node === undefined ? sightMiddle() : [node.at[0] + node.view.width + gaps.column, node.at[1]]
}

const style = { left: '50%', top: '15%', transform: 'translateX(-50%)', width: 320 } as const

/** Place of a wire from the key of its pick: places first, new nodes behind `new `. */
const targetPicks = (wiring: Wiring, places: readonly WireTarget[], offers: readonly WiredOffer[]): readonly Pick[] => {
  const isWired = ({ target, handle }: WireTarget): boolean =>
    wiring.node(target)?.inputs.some((one) => one.handle === handle && one.wired) ?? false
  // Empty places before those whose wire would go.
  const fitting = [...places].sort((a, b) => Number(isWired(a)) - Number(isWired(b)))
  const picks = fitting.map(({ target, handle }): Pick => {
    const place = wiring.node(target)?.inputs.find((one) => one.handle === handle)
    const letter = place?.accept[0]
    return {
      key: `${target}:${handle}`,
      label: titleOf(target.replace(/^\$/, '')),
      about: `${place?.label ?? handle}${place?.list === true && !place.wired ? ', one more' : ''}${place?.wired === true ? ', in place of its wire' : ''}`,
      end: letter === undefined ? null : <SocketGlyph letter={letter} filled={place?.wired ?? false} />,
    }
  })
  const fresh = offers.map(({ type, label, about }): Pick => ({ key: `new ${type}`, label: `New ${label}`, about }))
  return [...picks, ...fresh]
}

/** Where the wire may end: likely places at once, of which those that are refused go as they are judged. */
const usePlaces = (wiring: Wiring, from: PullEnd): readonly WireTarget[] => {
  const candidates = useMemo(() => candidatesFrom(wiring, from), [wiring, from])
  const [gone, setGone] = useState<ReadonlySet<Candidate>>(new Set())
  useEffect(
    () => settle({ candidates, wiring, onGone: (more) => setGone((before) => new Set([...before, ...more])) }),
    [candidates, wiring],
  )
  return candidates.filter((one) => !gone.has(one))
}

interface TargetListProps extends ConnectModeProps {
  readonly output: string | null
  readonly title: string
}

/** Places for a wire from the output, and types that can follow. */
const TargetList = ({ from, output, title, wiring, model, actions, onClose }: TargetListProps) => {
  const end = useMemo((): PullEnd => ({ node: from, socket: { side: 'out', name: output } }), [from, output])
  const places = usePlaces(wiring, end)
  const blocks = useDocument(({ document }) => document.tree.blocks)
  const offers = offersFor(wiring, end, blocks)
  const pick = (key: string): void => {
    onClose()
    if (key.startsWith('new ')) {
      const type = key.slice(4)
      const offer = offers.find((one) => one.type === type)
      actions.addWired(type, roomAt(model, besideOf(model, from)), (id) => ({
        source: from,
        output,
        target: id,
        handle: offer?.socket ?? '',
      }))
      return
    }
    const at = key.indexOf(':')
    const wire = { source: from, output, target: key.slice(0, at), handle: key.slice(at + 1) }
    const verdict = wiring.can(wire)
    if (verdict.ok) {
      actions.connect(wire)
      attendNode(from)
    } else notify({ tone: 'error', text: 'This wire does not fit.', detail: reasonWords(verdict.reason) })
  }
  return (
    <PickList
      label={`Connect ${title} to`}
      hint={`Connect ${title} to`}
      style={style}
      picks={targetPicks(wiring, places, offers)}
      onPick={pick}
      onClose={onClose}
    />
  )
}

/** The node itself has no name, and an empty key is never chosen. */
const outputKey = (name: string): string => `out ${name}`

export const ConnectMode = (props: ConnectModeProps) => {
  const { from, wiring, model, onClose } = props
  const outputs = wiring.node(from)?.outputs ?? []
  const [only] = outputs
  const [output, setOutput] = useState<string | null | undefined>(
    outputs.length === 1 && only !== undefined ? only.handle : undefined,
  )
  const title = model.nodes.find(({ view }) => view.id === from)?.view.title ?? titleOf(from)
  if (output !== undefined) return <TargetList {...props} output={output} title={title} />
  return (
    <PickList
      label={`Output of ${title}`}
      hint={outputs.length === 0 ? `${title} has no outputs` : `Which output of ${title}?`}
      style={style}
      picks={outputs.map(({ name, socket, letters }) => {
        const letter = socket?.letter ?? letters[0]
        return {
          key: outputKey(name),
          label: name === '' ? `${title} itself` : name.replaceAll('_', ' '),
          end: letter === undefined ? null : <SocketGlyph letter={letter} filled />,
        }
      })}
      onPick={(key) => setOutput(outputs.find(({ name }) => outputKey(name) === key)?.handle ?? null)}
      onClose={onClose}
    />
  )
}
