// Names of browsers, and how a Play stands in words.
import { describe, expect, it } from 'vitest'
import { originName, originOf } from '../../../app/sync/origin'
import type { SyncState } from '../../../app/sync/playSync'
import { standingWords } from '../../../app/sync/words'

const agents = {
  chrome: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Safari/537.36',
  firefox: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:141.0) Gecko/20100101 Firefox/141.0',
  edge: 'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Safari/537.36 Edg/139.0',
  phone: 'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Mobile Safari/537.36',
  safari:
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15',
}
const shelf = () => {
  const kept = new Map<string, string>()
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => void kept.set(key, text),
  }
}

describe('an origin', () => {
  it('names browser and system', () => {
    const names = Object.values(agents).map((agent) => originOf(shelf(), agent, () => 'abc123'))
    expect(names).toEqual([
      'Chrome on Linux #abc123',
      'Firefox on Windows #abc123',
      'Edge on Windows #abc123',
      'Chrome on Android #abc123',
      'Safari on macOS #abc123',
    ])
    expect(originOf(shelf(), 'curl/8', () => 'abc123')).toBe('A browser #abc123')
  })
  it('stays the same for a browser, also where nothing can be kept', () => {
    const own = shelf()
    expect(originOf(own, agents.chrome, () => 'aaaaaa')).toBe(originOf(own, agents.chrome, () => 'bbbbbb'))
    const shut = {
      getItem: (): string => {
        throw new Error('blocked')
      },
      setItem: () => undefined,
    }
    expect(originOf(shut, agents.chrome, () => 'aaaaaa')).toBe('Chrome on Linux #aaaaaa')
  })
  it('is told apart from an equal one', () => {
    const own = 'Chrome on Linux #aaaaaa'
    expect(originName(own, own)).toBe('this browser')
    expect(originName('Chrome on Linux #bbbbbb', own)).toBe('another Chrome on Linux')
    expect(originName('Firefox on Windows #bbbbbb', own)).toBe('Firefox on Windows')
    expect(originName('a script', own)).toBe('a script')
  })
})

describe('words of how a Play stands', () => {
  const saved = { kind: 'saved' } as const
  const of = (sync: SyncState) => standingWords(sync, saved)
  it('claim no more than is known', () => {
    expect(of({ kind: 'saved' })).toMatchObject({ tone: 'calm', word: 'Saved' })
    expect(of({ kind: 'away' })).toMatchObject({ tone: 'away', word: 'In this browser' })
    expect(of({ kind: 'alone' })).toMatchObject({ tone: 'calm', word: 'In this browser' })
    expect(of({ kind: 'unknown' }).word).toBeNull()
    expect(of({ kind: 'gone' })).toMatchObject({ tone: 'trouble' })
    expect(of({ kind: 'refused', message: 'Too long.' }).sentence).toContain('Too long.')
  })
  it('say first that this browser itself could not save', () => {
    const failed = { kind: 'failed', message: 'The storage is full.' } as const
    expect(standingWords({ kind: 'saved' }, failed)).toMatchObject({ tone: 'trouble', word: 'Not saved' })
  })
})
