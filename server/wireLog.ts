// Where the log of a process is opened: apart from the other adapters, for a command line keeps none.
import { createLog, type Log } from './io/log'

export const openLog = (name: 'server' | 'worker'): Log => createLog(name)
