// Parameters made, named, used again and ruled as a hand does it on the graph; each one step, each as the language allows.
import { describe, expect, it } from 'vitest'
import { actionsOf } from '../../../app/canvas/actions'
import { modelOf } from '../../../app/canvas/model'
import { hasPart, riskParts, withoutPart, withPart } from '../../../app/canvas/riskParts'
import {
  addRule,
  comparable,
  nameOf,
  paramNameFault,
  paramsFor,
  promoteAs,
  type Rule,
  removeRule,
  rulesAt,
  useParamAt,
} from '../../../app/document/edits/params'
import { setRisk } from '../../../app/document/edits/play'
import { suggestedName } from '../../../app/document/edits/values'
import { createDocumentStore, type PlayDocument } from '../../../app/document/store'
import { checkPlay } from '../../../blocks/play/check'
import { wiringOf } from '../../../blocks/play/connect'
import { specDocuments } from '../../fixtures/documents'
import { edited, held, openText } from '../../fixtures/playDocument'

const ema = openText(specDocuments.emaPullback)
const errors = ({ tree }: PlayDocument): readonly string[] =>
  checkPlay(tree).problems.flatMap(({ severity, message }) => (severity === 'error' ? [message] : []))

const scene = (document = ema) => {
  const store = createDocumentStore(document, () => 0)
  const now = () => {
    const { tree, sidecar } = store.getState().document
    return modelOf({ tree, sidecar, wiring: wiringOf(tree), problems: [], open: new Set() })
  }
  return { store, actions: actionsOf(store, now), document: () => store.getState().document }
}

describe('a parameter gets its name when it is made', () => {
  it('under the name that was typed, of what stands there', () => {
    const next = held(
      edited(ema, (draft) => {
        expect(promoteAs(draft, { node: 'swing', key: 'left', name: 'wings' })).toBeNull()
      }),
    )
    expect(next.tree.nodes.swing).toEqual({ swing: { bars: 'price', left: '$wings', right: 3 } })
    expect(next.tree.params?.wings?.value).toBe(3)
    expect(errors(next)).toEqual([])
  })
  it('of a default that the document does not write', () => {
    const bare = edited(ema, (draft) => {
      draft.tree.nodes.atr = { atr: { bars: 'price' } }
    })
    const next = held(
      edited(bare, (draft) => {
        expect(promoteAs(draft, { node: 'atr', key: 'length', name: 'noise', preset: 14 })).toBeNull()
      }),
    )
    expect(next.tree.nodes.atr).toEqual({ atr: { bars: 'price', length: '$noise' } })
    expect(next.tree.params?.noise).toEqual({ value: 14, min: 7, max: 28, step: 1 })
    expect(errors(next)).toEqual([])
  })
  it.each(['fast', 'Fast', '2nd', 'true', 'rest', '', 'a b', 'x'.repeat(41)])('not under %j', (name) => {
    expect(
      edited(ema, (draft) => {
        const fault = promoteAs(draft, { node: 'swing', key: 'left', name })
        expect(fault).toBe(paramNameFault(ema.tree, name))
        expect(fault).toMatch(name === 'fast' ? /already/ : /name/)
      }),
    ).toBe(ema)
  })
  it('not of a word, and then nothing is changed', () => {
    expect(
      edited(ema, (draft) => {
        expect(promoteAs(draft, { node: 'price', key: 'market', name: 'where' })).toMatch(/Only numbers/)
        expect(promoteAs(draft, { node: 'swing', key: 'nowhere', name: 'where' })).toMatch(/Only numbers/)
      }),
    ).toBe(ema)
  })
  it('its suggested name is free and says where it stands', () => {
    expect(suggestedName(ema.tree, { node: 'atr', key: 'length' })).toBe('atr_length')
    expect(suggestedName(ema.tree, { node: 'cheap_to_hold', key: '1' })).toBe('cheap_to_hold')
    expect(suggestedName({ params: { atr_length: { value: 1 } } }, { node: 'atr', key: 'length' })).toBe('atr_length_2')
    expect(nameOf('  Fast   Length ')).toBe('fast_length')
  })
})

describe('a parameter is renamed', () => {
  it('with every reference, rule and note, in one step; order stays and an undo gives all back', () => {
    const noted: PlayDocument = {
      ...ema,
      sidecar: { ...ema.sidecar, notes: { ...ema.sidecar.notes, $fast: 'the pace' } },
    }
    const { actions, store, document } = scene(noted)
    expect(actions.renameParam('fast', 'pace')).toBeNull()
    const { tree, sidecar } = held(document())
    expect(Object.keys(tree.params ?? {})).toEqual(
      Object.keys(ema.tree.params ?? {}).map((one) => (one === 'fast' ? 'pace' : one)),
    )
    expect(tree.nodes.ema_fast).toEqual({ ema: { of: 'price.close', length: '$pace' } })
    expect(tree.constraints).toEqual([{ less: ['$pace', '$slow'] }])
    expect(sidecar.notes?.$pace).toBe('the pace')
    expect(sidecar.notes?.$fast).toBeUndefined()
    expect(JSON.stringify(tree)).not.toContain('$fast')
    expect(store.getState().history.steps.map(({ label }) => label)).toEqual(['Rename Fast to Pace'])
    store.getState().undo()
    expect(document()).toEqual(noted)
  })
  it.each(['slow', 'Up', 'null'])('not to %s: nothing is changed, and there is no step', (name) => {
    const { actions, store, document } = scene()
    expect(actions.renameParam('fast', name)).toMatch(/already|name/)
    expect(document()).toBe(ema)
    expect(store.getState().history.steps).toEqual([])
  })
})

describe('a parameter is used once more', () => {
  it('only where its unit and its bounds fit', () => {
    expect(paramsFor(ema.tree, { node: 'atr', key: 'length' })).toEqual(
      ['fast', 'slow', 'dip_window', 'stop_atr'].filter((name) => fits(name)),
    )
    expect(paramsFor(ema.tree, { node: 'cheap_to_hold', key: '1' })).toEqual(['max_funding'])
  })
  // Judged by the checker itself, place by place.
  const fits = (name: string): boolean =>
    errors({
      ...ema,
      tree: { ...ema.tree, nodes: { ...ema.tree.nodes, atr: { atr: { bars: 'price', length: `$${name}` } } } },
    }).length === 0
  it('as one step', () => {
    const { actions, document, store } = scene()
    actions.shareParam('atr', 'length', 'fast')
    expect(document().tree.nodes.atr).toEqual({ atr: { bars: 'price', length: '$fast' } })
    expect(store.getState().history.steps.map(({ label }) => label)).toEqual(['Use Fast in Atr'])
    expect(
      edited(ema, (draft) => {
        expect(useParamAt(draft, { node: 'atr', key: 'length', name: 'nobody' })).toBe(false)
      }),
    ).toBe(ema)
  })
})

describe('rules between parameters', () => {
  const rule: Rule = { of: 'fast', kind: 'less', than: 'slow' }
  it('are told from either side', () => {
    expect(rulesAt(ema.tree, 'fast')).toEqual([rule])
    expect(rulesAt(ema.tree, 'slow')).toEqual([{ of: 'slow', kind: 'more', than: 'fast' }])
    expect(rulesAt(ema.tree, 'stop_atr')).toEqual([])
  })
  it('only between parameters of one unit', () => {
    expect(comparable(ema.tree, 'fast')).toEqual(['slow', 'stop_atr'])
    expect(comparable(ema.tree, 'dip_window')).toEqual([])
    expect(comparable(ema.tree, 'nobody')).toEqual([])
  })
  it.each([
    ['at_least', { at_most: ['$fast', '$slow'] }],
    ['more', { less: ['$fast', '$slow'] }],
  ] as const)('from the far side: slow %s fast', (kind, written) => {
    const bare = edited(ema, (draft) => removeRule(draft, rule))
    expect(bare.tree.constraints).toBeUndefined()
    const next = held(
      edited(bare, (draft) => {
        expect(addRule(draft, { of: 'slow', kind, than: 'fast' })).toBeNull()
      }),
    )
    expect(next.tree.constraints).toEqual([written])
    const again = edited(next, (draft) => {
      expect(addRule(draft, { of: 'slow', kind, than: 'fast' })).toMatch(/already/)
      removeRule(draft, { of: 'slow', kind, than: 'fast' })
    })
    expect(again.tree.constraints).toBeUndefined()
  })
  it('not when the values of now break it: the checker says why', () => {
    expect(
      edited(ema, (draft) => {
        expect(addRule(draft, { of: 'slow', kind: 'less', than: 'stop_atr' })).toBe(
          '`$slow` (200) must be less than `$stop_atr` (2)',
        )
      }),
    ).toBe(ema)
  })
  it('also while the Play is not whole yet', () => {
    const open = edited(ema, (draft) => {
      draft.tree.nodes.stop = { stop: {} }
      Reflect.deleteProperty(draft.tree, 'constraints')
    })
    expect(errors(open)).not.toEqual([])
    const { actions, document, store } = scene(open)
    expect(actions.addRule(rule)).toBeNull()
    expect(actions.addRule({ of: 'slow', kind: 'at_most', than: 'fast' })).toBe(
      '$slow (200) must be at most $fast (21).',
    )
    expect(document().tree.constraints).toEqual([{ less: ['$fast', '$slow'] }])
    actions.removeRule(rule)
    expect(store.getState().history.steps.map(({ label }) => label)).toEqual([
      'Fast less than slow',
      'Drop the rule of Fast and slow',
    ])
  })
})

describe('parts of the risk', () => {
  it('come with a start that the checker accepts, and go without a trace', () => {
    let play = edited(ema, (draft) => {
      setRisk(draft, { leverage: undefined, cooldown: undefined, limits: undefined })
    })
    expect(play.tree.risk).toEqual({ size: { risk: '1%' } })
    for (const part of riskParts) {
      expect(hasPart(play.tree.risk, part), part).toBe(false)
      play = held(
        edited(play, (draft) => {
          expect(setRisk(draft, withPart(play.tree.risk, part)), part).toBe(true)
        }),
      )
      expect(hasPart(play.tree.risk, part), part).toBe(true)
      expect(errors(play)).toEqual([])
    }
    for (const part of riskParts) {
      play = held(edited(play, (draft) => setRisk(draft, withoutPart(play.tree.risk, part))))
      expect(hasPart(play.tree.risk, part), part).toBe(false)
    }
    expect(play.tree.risk).toEqual({ size: { risk: '1%' } })
  })
})
