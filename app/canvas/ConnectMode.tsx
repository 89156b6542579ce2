// Wires by keyboard: choose an output of the node, then a place from the list of all that take it.
'use client'
import { useState } from 'react'
import type { WireTarget, Wiring } from '../../blocks/play/connect'
import { typeLabel } from '../../blocks/play/labels'
import type { Actions } from './actions'
import { roomAt } from './drawn'
import { gaps, type Spot } from './layout'
import type { CanvasModel } from './model'
import { offersFor } from './offers'
import { type Pick, PickList } from './PickList'
import { SocketGlyph } from './SocketGlyph'
import { sightMiddle } from './sight'
import { titleOf } from './words'

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
const targetPicks = (wiring: Wiring, source: string, output: string | null): readonly Pick[] => {
  const isWired = ({ target, handle }: WireTarget): boolean =>
    wiring.node(target)?.inputs.some((one) => one.handle === handle && one.wired) ?? false
  // Empty places before those whose wire would go.
  const fitting = [...wiring.fitting({ source, output })].sort((a, b) => Number(isWired(a)) - Number(isWired(b)))
  const places = fitting.map(({ target, handle }): Pick => {
    const place = wiring.node(target)?.inputs.find((one) => one.handle === handle)
    const letter = place?.accept[0]
    return {
      key: `${target}:${handle}`,
      label: titleOf(target.replace(/^\$/, '')),
      about: `${place?.label ?? handle}${place?.list === true && !place.wired ? ', one more' : ''}${place?.wired === true ? ', in place of its wire' : ''}`,
      end: letter === undefined ? null : <SocketGlyph letter={letter} filled={place?.wired ?? false} />,
    }
  })
  const offers = offersFor(wiring, { node: source, socket: { side: 'out', name: output } })
  const fresh = offers.map(({ type, about }): Pick => ({ key: `new ${type}`, label: `New ${typeLabel(type)}`, about }))
  return [...places, ...fresh]
}

export const ConnectMode = ({ from, wiring, model, actions, onClose }: ConnectModeProps) => {
  const outputs = wiring.node(from)?.outputs ?? []
  const [only] = outputs
  const [output, setOutput] = useState<string | null | undefined>(
    outputs.length === 1 && only !== undefined ? only.handle : undefined,
  )
  const title = model.nodes.find(({ view }) => view.id === from)?.view.title ?? titleOf(from)
  if (output === undefined)
    return (
      <PickList
        label={`Output of ${title}`}
        hint={outputs.length === 0 ? `${title} has no outputs` : `Which output of ${title}?`}
        style={style}
        picks={outputs.map(({ name, handle, socket, letters }) => {
          const letter = socket?.letter ?? letters[0]
          return {
            key: name,
            label: name === '' ? `${title} itself` : name.replaceAll('_', ' '),
            end: letter === undefined ? null : <SocketGlyph letter={letter} filled={handle !== undefined} />,
          }
        })}
        onPick={(name) => setOutput(outputs.find((one) => one.name === name)?.handle ?? null)}
        onClose={onClose}
      />
    )
  const pick = (key: string): void => {
    onClose()
    if (key.startsWith('new ')) {
      const type = key.slice(4)
      const offer = offersFor(wiring, { node: from, socket: { side: 'out', name: output } }).find(
        (one) => one.type === type,
      )
      actions.addWired(type, roomAt(model, besideOf(model, from)), (id) => ({
        source: from,
        output,
        target: id,
        handle: offer?.socket ?? '',
      }))
      return
    }
    const at = key.indexOf(':')
    actions.connect({ source: from, output, target: key.slice(0, at), handle: key.slice(at + 1) })
  }
  return (
    <PickList
      // The second list begins with an empty search.
      key="target"
      label={`Connect ${title} to`}
      hint={`Connect ${title} to`}
      style={style}
      picks={targetPicks(wiring, from, output)}
      onPick={pick}
      onClose={onClose}
    />
  )
}
