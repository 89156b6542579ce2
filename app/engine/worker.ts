// The engine's own thread: hands calls to the session and its answers back.
import { columnSource, sha256 } from './platform'
import { EngineSession } from './session'
import { type FromWorker, Told, type ToWorker, transfersOf } from './wire'

/** The part of a dedicated worker's scope that is used here. */
interface Scope {
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null
  postMessage(message: FromWorker, transfer: ArrayBuffer[]): void
}
// The types of a worker and those of a window exclude each other: here `self` is typed as a window.
const scope = self as unknown as Scope

const send = (message: FromWorker, transfer: ArrayBuffer[] = []): void => scope.postMessage(message, transfer)

/** A message to oneself stands behind all that have arrived. */
const turn = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(null)
  })

const session = new EngineSession({
  fetchColumn: columnSource(self.location.origin),
  sha256,
  now: () => performance.timeOrigin + performance.now(),
  turn,
  tell: (status) => send({ kind: 'status', status }),
})

const answer = async ({ id, name, ask }: Extract<ToWorker, { kind: 'call' }>): Promise<void> => {
  try {
    const found = await session.call(name, ask)
    send({ kind: 'answer', id, answer: found }, transfersOf(found))
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    // A bug: the page shows a sentence, the console keeps the trace.
    if (!(error instanceof Told)) console.error(error)
    send({ kind: 'failure', id, message, expected: error instanceof Told })
  }
}

scope.onmessage = ({ data }) => {
  if (data.kind === 'cancel') session.cancel()
  else void answer(data)
}
