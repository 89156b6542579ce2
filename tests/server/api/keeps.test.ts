// Whether a server keeps Plays is told by how it was started: a data folder in trouble is none of a Play's.
import { expect, it } from 'vitest'
import { createContext } from '../../../server/api/context'
import { appRouter } from '../../../server/api/router'

it.each([
  [{ DATABASE_URL: 'postgresql://127.0.0.1:1/playloom' }, true],
  [{}, false],
])('%o: nothing is asked for it', async (variables, keeps) => {
  const closed = () => Promise.reject(new Error('the disk does not answer'))
  const context = { ...createContext({ DATA_DIR: '/nowhere', ...variables }), data: closed, stores: closed }
  const { system } = appRouter.createCaller(context)
  expect(await system.keeps()).toBe(keeps)
  await expect(system.about()).rejects.toThrow()
})
