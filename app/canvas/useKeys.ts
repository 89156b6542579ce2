// The keyboard of the canvas: each press to its action, unless somebody is typing.
'use client'
import { useReactFlow } from '@xyflow/react'
import { useEffect, useState } from 'react'
import type { DocumentStore } from '../document/store'
import { blockChoices } from '../library/choices'
import { detachStep } from '../library/steps'
import { useView } from '../workbench/view'
import type { Actions } from './actions'
import { asked } from './asked'
import { attendNode, attendRisk } from './attend'
import { isDocumentNode } from './handles'
import { actionOf, type CanvasAction } from './keys'
import type { CanvasModel } from './model'
import { say } from './said'
import { sightMiddle } from './sight'
import { isFootSeen } from './useAttend'
import { fitting } from './useSight'
import { placeOf } from './wires'

interface KeyScene {
  readonly actions: Actions
  readonly model: CanvasModel
  readonly wires: ReadonlySet<string>
  readonly readOnly: boolean
  readonly store: DocumentStore
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

/** The canvas has the keyboard when the focus is in it, or nowhere. */
const isOurs = (target: EventTarget | null): boolean => {
  if (isTyping(target) || !(target instanceof Element)) return false
  return target === document.body || target.closest('[data-testid="canvas"]') !== null
}

/** No question, list or menu lies over the page. */
const isOpenGround = (): boolean => document.querySelector('[role="dialog"], [role="menu"], [role="listbox"]') === null

const readers = new Set<CanvasAction>([
  'copy',
  'selectAll',
  'clear',
  'fit',
  'fitChosen',
  'zoomIn',
  'zoomOut',
  'inside',
  'back',
  'upstream',
  'downstream',
  'search',
])

/** Goes along a wire: to the first node that feeds this one, or that it feeds. */
const walk = (model: CanvasModel, id: string, way: 'upstream' | 'downstream'): void => {
  const wires = model.wires.filter((wire) => (way === 'upstream' ? wire.sink : wire.source) === id)
  const next = wires.map((wire) => (way === 'upstream' ? wire.source : wire.sink)).find(isDocumentNode)
  if (next === undefined) {
    say(way === 'upstream' ? 'Nothing feeds this node' : 'It leads to a gate, or nowhere')
    return
  }
  useView.setState({ selected: [next], reveal: { node: next } })
  attendNode(next)
}

type Doers = Readonly<Record<CanvasAction, () => boolean>>
/** The browser's own events carry the clipboard without asking. */
const leave = (): boolean => false
const did = (act: () => void) => (): boolean => {
  act()
  return true
}

const chosenNodes = (): readonly string[] => useView.getState().selected.filter(isDocumentNode)
const withFirst = (act: (id: string) => boolean) => (): boolean => {
  const [first] = chosenNodes()
  return first !== undefined && act(first)
}

/** What changes the Play, or asks for what changes it. */
const editing = ({ actions, wires, store }: KeyScene, connect: (id: string) => void) => {
  const ask = (kind: 'rename' | 'note' | 'keep' | 'upgrade', without: (id: string) => string | null = () => null) =>
    withFirst((id) => {
      const fault = without(id)
      if (fault === null) asked.setState({ kind, id }, true)
      else say(fault)
      return true
    })
  const choices = (id: string) => blockChoices(store.getState().document.tree, id)
  return {
    connect: withFirst((id) => {
      connect(id)
      return true
    }),
    rename: ask('rename'),
    note: ask('note'),
    delete: did(() =>
      actions.remove(
        chosenNodes(),
        [...wires].flatMap((id) => placeOf(id) ?? []),
      ),
    ),
    duplicate: did(() => actions.duplicate(chosenNodes())),
    arrange: did(actions.arrange),
    fold: withFirst(() => {
      asked.setState({ kind: 'fold', ids: chosenNodes() }, true)
      return true
    }),
    keep: ask('keep', (id) => (choices(id).keep ? null : 'This node holds no Block of this Play')),
    upgrade: ask('upgrade', (id) => (choices(id).newest === null ? 'There is no newer version of this node' : null)),
    detach: withFirst((id) => {
      if (choices(id).detach) detachStep(store, id)
      else say('This node holds no Block of a library')
      return true
    }),
    copy: leave,
    cut: leave,
    paste: leave,
  }
}

/** What only looks. */
const looking = ({ model }: KeyScene) => ({
  search: did(() => {
    const field = document.querySelector<HTMLInputElement>('[data-palette-search]')
    field?.focus()
    field?.select()
  }),
  selectAll: did(() => useView.setState({ selected: model.nodes.map(({ view }) => view.id) })),
  clear: (): boolean => {
    useView.setState({ selected: [] })
    // Others may leave something with the same key.
    return false
  },
  inside: withFirst((id) => {
    const isBlock = model.nodes.some(({ view }) => view.id === id && view.form === 'block')
    if (isBlock) useView.setState(({ inside }) => ({ inside: [...inside, id], selected: [] }))
    return isBlock
  }),
  back: (): boolean => {
    const { inside } = useView.getState()
    useView.setState({ inside: inside.slice(0, -1), selected: [] })
    return inside.length > 0
  },
  upstream: withFirst((id) => {
    walk(model, id, 'upstream')
    return true
  }),
  downstream: withFirst((id) => {
    walk(model, id, 'downstream')
    return true
  }),
})

export const useKeys = (scene: KeyScene) => {
  const { actions, readOnly } = scene
  const { fitView, zoomIn, zoomOut, getZoom } = useReactFlow()
  const [connecting, setConnecting] = useState<string | null>(null)
  const run = (action: CanvasAction): boolean => {
    const doers: Doers = {
      ...editing(scene, setConnecting),
      ...looking(scene),
      fit: did(() => void fitView({ ...fitting, duration: 160 })),
      fitChosen: withFirst(() => {
        const nodes = chosenNodes().map((id) => ({ id }))
        void fitView({ ...fitting, padding: 0.1, nodes, duration: 160 })
        return true
      }),
      risk: did(() => {
        if (!isFootSeen()) void fitView({ ...fitting, nodes: [{ id: '$risk' }], maxZoom: getZoom() })
        attendRisk()
      }),
      zoomIn: did(() => void zoomIn()),
      zoomOut: did(() => void zoomOut()),
    }
    return readOnly && !readers.has(action) ? false : doers[action]()
  }
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || isTyping(event.target)) return
      const action = actionOf(event)
      // The search stands in sight with its key on it: it answers from every button.
      if (!isOurs(event.target) && !(action === 'search' && isOpenGround())) return
      // A button in a node takes Enter for itself.
      if (event.key === 'Enter' && event.target instanceof HTMLButtonElement) return
      if (action !== null && run(action)) event.preventDefault()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  })
  useClipboard(actions, readOnly)
  return { connecting, setConnecting }
}

/** Copy, cut and paste through the browser's own events, while the canvas has the focus or nothing has. */
const useClipboard = (actions: Actions, readOnly: boolean): void => {
  useEffect(() => {
    const isFree = (): boolean => isOurs(document.activeElement) && (window.getSelection()?.toString() ?? '') === ''
    const chosen = (): readonly string[] => useView.getState().selected.filter(isDocumentNode)
    const onCopy = (event: ClipboardEvent): void => {
      const text = isFree() ? actions.textOf(chosen()) : ''
      if (text === '') return
      event.clipboardData?.setData('text/plain', text)
      event.preventDefault()
      say('Copied')
    }
    const onCut = (event: ClipboardEvent): void => {
      if (readOnly) return
      onCopy(event)
      if (event.defaultPrevented) actions.remove(chosen(), [])
    }
    const onPaste = (event: ClipboardEvent): void => {
      const text = event.clipboardData?.getData('text/plain') ?? ''
      if (readOnly || text === '' || !isFree()) return
      event.preventDefault()
      actions.paste(text, sightMiddle())
    }
    document.addEventListener('copy', onCopy)
    document.addEventListener('cut', onCut)
    document.addEventListener('paste', onPaste)
    return () => {
      document.removeEventListener('copy', onCopy)
      document.removeEventListener('cut', onCut)
      document.removeEventListener('paste', onPaste)
    }
  }, [actions, readOnly])
}
