// Keys as data: each row is understood when it is pressed, each action has a key, and the help prints them all.
import { describe, expect, it } from 'vitest'
import { canvasKeys } from '../../../app/canvas/keys'
import { chartKeys } from '../../../app/chart/keys'
import { keyGroups } from '../../../app/commands/keys'
import { questionKeys, tradesKeys } from '../../../app/results/keys'
import { textKeys } from '../../../app/text/keys'
import { actionIn, type KeyRow, keyText, pressOf } from '../../../app/ui/keys'
import { workbenchActionOf, workbenchKeys } from '../../../app/workbench/keys'
import { workbenchDoers } from '../../../app/workbench/useWorkbenchKeys'

const tables: Readonly<Record<string, readonly KeyRow<string>[]>> = {
  Everywhere: workbenchKeys,
  Graph: canvasKeys,
  Chart: chartKeys,
  Trades: tradesKeys,
  'While a trade or a bar is explained': questionKeys,
}
const press = (key: string, held: Partial<ReturnType<typeof pressOf>> = {}) => ({ ...pressOf(key), ...held })

describe('a table of keys', () => {
  it('names each key once, and each row is what its press stands for', () => {
    for (const [title, rows] of Object.entries(tables)) {
      expect([title, new Set(rows.map(({ key }) => key)).size]).toEqual([title, rows.length])
      for (const { key, action } of rows) expect([key, actionIn(rows, pressOf(key))]).toEqual([key, action])
    }
  })

  it('knows a letter with Shift, Control and Alt from the letter alone', () => {
    expect(actionIn(canvasKeys, press('c'))).toBe('connect')
    expect(actionIn(canvasKeys, press('c', { ctrlKey: true }))).toBe('copy')
    expect(actionIn(canvasKeys, press('c', { metaKey: true }))).toBe('copy')
    expect(actionIn(canvasKeys, press('c', { altKey: true }))).toBeNull()
    expect(actionIn(canvasKeys, press('l'))).toBeNull()
    expect(actionIn(canvasKeys, press('L', { shiftKey: true }))).toBe('arrange')
  })

  it('takes signs with and without Shift, and a named key with Shift for itself unless it has a row of its own', () => {
    expect(actionIn(workbenchKeys, press('?', { shiftKey: true }))).toBe('help')
    expect(actionIn(chartKeys, press('+', { shiftKey: true }))).toBe('closer')
    expect(actionIn(chartKeys, press('ArrowLeft', { shiftKey: true }))).toBe('tenBefore')
    expect(actionIn(chartKeys, press('Home', { shiftKey: true }))).toBe('first')
    expect(actionIn(chartKeys, press('ArrowLeft', { ctrlKey: true }))).toBeNull()
  })

  it('stands in the help with every key, and the help has no other', () => {
    const shown = (title: string) => keyGroups.find((group) => group.title === title)?.keys.flatMap(({ keys }) => keys)
    for (const [title, rows] of Object.entries(tables)) expect(shown(title)).toEqual(rows.map(({ key }) => key))
    expect(shown('Text')).toEqual(textKeys.map(({ key }) => key))
    expect(keyGroups.map(({ title }) => title).sort()).toEqual([...Object.keys(tables), 'Text'].sort())
  })
})

describe('keys of the workbench', () => {
  it('are all done by somebody, and nothing is done that has no key', () => {
    const done = Object.keys(workbenchDoers({}))
    expect(new Set(workbenchKeys.map(({ action }) => action))).toEqual(new Set(done))
  })

  it('of what a screen cannot do stay the browser’s', () => {
    const said: string[] = []
    const doers = workbenchDoers({ onFind: () => said.push('find') })
    expect(doers.find()).toBe(true)
    expect(doers.export()).toBe(false)
    expect(doers.undo()).toBe(false)
    expect(said).toEqual(['find'])
  })

  it('leave letters to a field that is typed in, but find and export act there too', () => {
    const at = (key: string) => workbenchActionOf(pressOf(key), true)
    expect([at('?'), at('Mod+z'), at('Escape')]).toEqual([null, null, null])
    expect([at('Mod+k'), at('Mod+s')]).toEqual(['find', 'export'])
    expect(workbenchActionOf(pressOf('Mod+z'), false)).toBe('undo')
  })
})

describe('a key', () => {
  it('is written as it is printed', () => {
    expect(keyText('Mod+d', false)).toBe('Ctrl D')
    expect(keyText('Mod+Shift+Z', true)).toBe('⌘ ⇧ Z')
    expect(keyText('+', false)).toBe('+')
    expect(keyText('Alt+ArrowLeft', false)).toBe('Alt ←')
    expect(keyText('Escape', false)).toBe('Esc')
    expect(keyText(' ', false)).toBe('Space')
  })
})
