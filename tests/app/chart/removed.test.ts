// A chart that is no more: whoever calls late (an observer, an answer, an old effect) reaches nothing of it.
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { EquityPicture } from '../../../app/chart/equityPicture'
import { emptyScene } from '../../../app/chart/pack'
import { Picture } from '../../../app/chart/picture'
import { packOf } from './scene'

const called = vi.hoisted((): string[] => [])

vi.mock('lightweight-charts', async (original) => {
  /** Answers every call with itself, and notes it. */
  const anything = (name: string): unknown =>
    new Proxy(() => undefined, {
      get: (_, key) => {
        if (key === 'height' || key === 'width' || key === 'getHeight') return () => called.push(`${name}.${key}`)
        if (key === 'lastValueData') return () => ({ noData: true })
        return (...given: unknown[]) => {
          called.push(`${name}.${String(key)}`)
          // The time scale and series are what calls go through; numbers and ranges are not there.
          if (key === 'panes') return [anything('pane')]
          return /Range|Coordinate/.test(String(key)) ? null : anything(`${name}.${String(key)}${given.length}`)
        }
      },
    })
  return { ...(await original<object>()), createChart: () => anything('chart') }
})

beforeEach(() => {
  called.length = 0
  vi.stubGlobal('getComputedStyle', () => ({ getPropertyValue: () => 'black', fontFamily: 'Inter' }))
})

// Only what the pictures read of it is there.
const element = {
  addEventListener: () => undefined,
  getBoundingClientRect: () => ({ top: 0, left: 0, width: 100, height: 100 }),
} as unknown as HTMLElement
const nothing = (): void => undefined
const span = { fromMs: 0, toMs: 3_600_000 }

/** What each late call reaches, by its name; removing once more too. */
const reached = (calls: Readonly<Record<string, () => unknown>>): Record<string, readonly string[]> =>
  Object.fromEntries(
    Object.entries(calls).flatMap(([name, call]) => {
      called.length = 0
      call()
      return called.length === 0 ? [] : [[name, [...called]]]
    }),
  )

describe('after its end', () => {
  const events = { onView: nothing, onHover: nothing, onLeave: nothing, onGrip: nothing, onClick: nothing }
  const callsOf = (picture: Picture) => ({
    show: () => picture.show(packOf(), span),
    stage: () => picture.stage({ ...emptyScene, volume: false }),
    under: () => picture.under([]),
    look: () => picture.look(span),
    span: () => picture.span(),
    xOf: () => picture.xOf(3),
    panes: () => picture.panes(),
    width: () => picture.width,
    axisHeight: () => picture.axisHeight,
    retheme: () => picture.retheme(),
  })

  it('the picture of bars is reached by no call', () => {
    const picture = new Picture(element, events)
    // While it lives each of them reaches the chart.
    expect(Object.keys(reached(callsOf(picture)))).toEqual(Object.keys(callsOf(picture)))
    called.length = 0
    picture.remove()
    expect(called).toEqual(['chart.remove'])
    expect(reached({ ...callsOf(picture), remove: () => picture.remove() })).toEqual({})
  })

  it('nor is the picture of equity', () => {
    const day = 86_400_000
    const lines = { dayMs: [0, day, 2 * day], equity: [1, 2, 3], underwater: [0, 0, 0], holding: [] }
    const made = new EquityPicture(element, { onHover: nothing, onPick: nothing, onMove: nothing })
    const calls = {
      show: () => made.show({ lines, unit: 'usdt', start: 1, lockboxMs: null, beside: '' }),
      look: () => made.look(span),
      placeOf: () => made.placeOf(day),
      axisHeight: () => made.axisHeight,
      retheme: () => made.retheme(),
    }
    expect(Object.keys(reached(calls))).toEqual(Object.keys(calls))
    made.remove()
    expect(reached({ ...calls, remove: () => made.remove() })).toEqual({})
  })
})
