// Memory of the engine's worker, as V8 counts it: its heap and the buffers behind its columns.
import type { Page } from '@playwright/test'

interface Usage {
  readonly usedSize: number
  readonly embedderHeapUsedSize?: number
  readonly backingStorageSize?: number
}

/** Workers are spoken to through the session of their page. */
export const workerMegabytes = async (page: Page): Promise<number> => {
  const session = await page.context().newCDPSession(page)
  const attached: string[] = []
  session.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
    if (targetInfo.type === 'worker') attached.push(sessionId)
  })
  const ask = (sessionId: string): Promise<Usage> =>
    new Promise((resolve) => {
      session.on('Target.receivedMessageFromTarget', ({ sessionId: from, message }) => {
        const answer = JSON.parse(message)
        if (from === sessionId && answer.id === 1) resolve(answer.result)
      })
      const message = JSON.stringify({ id: 1, method: 'Runtime.getHeapUsage' })
      void session.send('Target.sendMessageToTarget', { sessionId, message })
    })
  await session.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false })
  const all = await Promise.all(attached.map(ask))
  await session.detach()
  if (all.length === 0) throw new Error('the page has no worker')
  const bytes = all.reduce(
    (sum, { usedSize, embedderHeapUsedSize = 0, backingStorageSize = 0 }) =>
      sum + usedSize + embedderHeapUsedSize + backingStorageSize,
    0,
  )
  return bytes / 2 ** 20
}
