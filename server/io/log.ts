// The log of a process: entries of JSON on its output, which the one who started it keeps in files.
import pino, { type Logger } from 'pino'

export type Log = Logger

/** Passwords in addresses and tokens are nobody's business, wherever they stand. The supervisor does the same again. */
export const redacted = (text: string): string =>
  text.replaceAll(/(:\/\/[^\s:/@"]*):[^\s@"]+@/g, '$1:***@').replaceAll(/\bplm_(\w+?)_[\w-]{20,}/g, 'plm_$1_***')

export const createLog = (process: string, out?: pino.DestinationStream): Log =>
  pino({ base: { process }, hooks: { streamWrite: redacted } }, out ?? pino.destination(1))
