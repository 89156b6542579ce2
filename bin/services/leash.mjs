// Loaded first into a child that must not outlive the one who started it: when the line between them is cut, it stops.
// The kernel cuts the line, so it holds for a starter that was killed too.
import { isMainThread } from 'node:worker_threads'

/** For what is at work; the next start waits for it, ms. */
const patienceMs = 1000

if (isMainThread && process.channel !== undefined) {
  process.channel.unref()
  process.once('disconnect', () => {
    setTimeout(() => process.exit(1), patienceMs).unref()
    process.kill(process.pid, 'SIGTERM')
  })
}
