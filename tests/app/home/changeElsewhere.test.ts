// Plays that the server alone keeps: what is said after a deletion is what came of it.
import { afterEach, describe, expect, it } from 'vitest'
import { removeElsewhere, restoreElsewhere } from '../../../app/home/changeElsewhere'
import { useNotices } from '../../../app/ui/notify'

afterEach(() => useNotices.setState({ notices: [] }))

const said = () => useNotices.getState().notices.map(({ tone, text, detail }) => ({ tone, text, detail }))
const play = { id: 'one', title: 'Breakout' }

const server = (away: boolean) => {
  const calls: string[] = []
  const call = (name: string) => async (id: string) => {
    calls.push(`${name} ${id}`)
    if (away) throw new Error('the server is away')
  }
  return { calls, parts: { remove: call('remove'), restore: call('restore'), changed: () => void calls.push('read') } }
}

describe('a Play of other browsers', () => {
  it('that was deleted is said to be, and undo brings it back', async () => {
    const { calls, parts } = server(false)
    await removeElsewhere(play, parts)
    expect(said()).toEqual([{ tone: 'done', text: 'Breakout was deleted.', detail: undefined }])
    useNotices.getState().notices[0]?.action?.run()
    await expect.poll(() => calls).toEqual(['remove one', 'read', 'restore one', 'read'])
  })

  it('that was not deleted is not said to be', async () => {
    const { calls, parts } = server(true)
    await removeElsewhere(play, parts)
    expect(said()).toEqual([{ tone: 'error', text: 'Not deleted', detail: 'the server is away' }])
    expect(calls).toEqual(['remove one', 'read'])
  })

  it('that could not be brought back is said to be gone still', async () => {
    const { parts } = server(true)
    await restoreElsewhere('one', parts)
    expect(said()).toEqual([{ tone: 'error', text: 'Not brought back', detail: 'the server is away' }])
  })
})
