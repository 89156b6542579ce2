// The `playloom` command as a process: its streams, its terminal, its signals.
import type { World } from './command'
import { runProgram } from './runProgram'
import { exitCodes } from './stop'

const worldOfProcess = (signal: AbortSignal): World => ({
  streams: {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
  },
  variables: process.env,
  terminal: { out: process.stdout.isTTY === true, err: process.stderr.isTTY === true },
  signal,
})

/** First Ctrl-C: the work stops at its next safe place. Second, or no stop within five seconds: at once. */
const interruptible = (): AbortSignal => {
  const controller = new AbortController()
  const leave = () => process.exit(exitCodes.interrupted)
  const interrupt = () => {
    if (controller.signal.aborted) leave()
    controller.abort()
    setTimeout(leave, 5000).unref()
  }
  process.on('SIGINT', interrupt)
  process.on('SIGTERM', interrupt)
  // A reader that has seen enough (`| head`) is no fault.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : exitCodes.bug))
  return controller.signal
}

process.exitCode = await runProgram(process.argv.slice(2), worldOfProcess(interruptible()))
