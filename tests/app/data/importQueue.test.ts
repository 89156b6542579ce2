// Files go into the store one after the other, whoever looks; what became of one that was cut off is not claimed.
import { describe, expect, it, vi } from 'vitest'
import { createImportQueue } from '../../../app/data/importQueue'
import { isOnItsWay } from '../../../app/data/imports'
import { answerless, type UploadAnswer, type UploadAsk } from '../../../app/home/upload'

const imported: UploadAnswer = { kind: 'imported', series: [], sheets: 0 }
const fileOf = (name: string): File => new File(['x'], name)

/** Sends by hand: each file waits until it is answered. */
const desk = () => {
  const asks: (UploadAsk & { answer: (answer: UploadAnswer | null) => void })[] = []
  const ended = vi.fn()
  const send = (ask: UploadAsk) =>
    new Promise<UploadAnswer | null>((answer) => {
      asks.push({ ...ask, answer })
      ask.signal.addEventListener('abort', () => answer(null))
    })
  const queue = createImportQueue({ send, ended })
  const states = () => queue.getState().items.map(({ state }) => state.kind)
  return { queue, asks, ended, states }
}

describe('the files of a tab', () => {
  it('go on one after the other with nobody there to see it', async () => {
    const { queue, asks, ended, states } = desk()
    const leave = queue.subscribe(() => {})
    queue.getState().add([fileOf('a'), fileOf('b')])
    leave()
    expect(states()).toEqual(['sending', 'waiting'])
    expect(queue.getState().items.every(isOnItsWay)).toBe(true)
    asks[0]?.answer(imported)
    await vi.waitFor(() => expect(states()).toEqual(['imported', 'sending']))
    queue.getState().add([fileOf('c')])
    asks[1]?.answer(answerless(500))
    await vi.waitFor(() => expect(states()).toEqual(['imported', 'refused', 'sending']))
    expect(asks.map(({ file }) => file.name)).toEqual(['a', 'b', 'c'])
    expect(ended).toHaveBeenCalledTimes(2)
  })

  it('are stopped while they are sent, taken off while they wait, sent once more when they were refused', async () => {
    const { queue, asks, ended, states } = desk()
    queue.getState().add([fileOf('a'), fileOf('b'), fileOf('c')])
    queue.getState().drop(1)
    queue.getState().drop(0)
    await vi.waitFor(() => expect(states()).toEqual(['cancelled', 'sending']))
    // It may have been whole on the server by then.
    expect(ended).toHaveBeenCalledTimes(1)
    asks[1]?.answer(answerless(403))
    await vi.waitFor(() => expect(states()).toEqual(['cancelled', 'refused']))
    const [, refused] = queue.getState().items
    if (refused === undefined) throw new Error('it is not on the list')
    expect(isOnItsWay(refused)).toBe(false)
    queue.getState().retry({ ...refused, skipBad: true })
    expect(asks[2]).toMatchObject({ skipBad: true })
    asks[2]?.answer(imported)
    await vi.waitFor(() => expect(states()).toEqual(['cancelled', 'imported']))
    queue.getState().clear()
    expect(states()).toEqual([])
  })
})

describe('an end without an answer', () => {
  it('claims nothing of the store but where the file was turned away at the door', () => {
    expect(answerless(413)).toMatchObject({ code: 'failed', message: 'the server answered 413: nothing was stored' })
    for (const status of [500, 502, null]) {
      const answer = answerless(status)
      expect(answer).toMatchObject({ code: 'unknown', hint: expect.stringContaining('send it again') })
      expect(JSON.stringify(answer)).not.toContain('nothing was stored')
    }
  })
})
