// What the store complains of is said plainly, and what is not known is passed on as it was.
import { describe, expect, it } from 'vitest'
import { plainly, troubleText } from '../../../app/document/trouble'

const named = (name: string, message = 'raw'): Error => Object.assign(new Error(message), { name })

describe('trouble of the store', () => {
  it('is said in words that help', () => {
    expect(troubleText(named('QuotaExceededError'))).toMatch(/storage of this browser is full\. Delete Plays/)
    expect(troubleText(named('SecurityError'))).toMatch(/private window/)
    expect(troubleText(new TypeError("Cannot read properties of undefined (reading 'open')"))).toMatch(/private window/)
    expect(troubleText(named('InvalidStateError'))).toMatch(/Load the page again/)
    expect(troubleText(named('Odd', 'something else'))).toBe('something else')
    expect(troubleText(named('constructor', 'not a word'))).toBe('not a word')
    expect(troubleText('text')).toBe('text')
  })

  it('is thrown on with its cause, and what goes well is left alone', async () => {
    const cause = named('QuotaExceededError')
    const failing = plainly((n: number) => (n > 0 ? Promise.reject(cause) : Promise.resolve(n)))
    await expect(failing(1)).rejects.toMatchObject({ message: troubleText(cause), cause })
    await expect(plainly((n: number) => Promise.resolve(n + 1))(1)).resolves.toBe(2)
  })
})
