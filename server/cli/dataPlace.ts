// Where a data command works: in this process on DATA_DIR with --local, else at a server.
import type { Command } from 'commander'
import { act, type World } from './command'
import { dataHere } from './dataHere'
import { dataThere } from './dataThere'
import type { DataOptions, DataWork } from './dataWork'
import type { Shell } from './shell'

interface Given<Options> {
  readonly args: readonly string[]
  readonly options: Options
}

export interface Doing {
  readonly data: DataWork
  readonly shell: Shell
}

/** Binds what the command does, and gives it --local. */
export const actOnData = <Options extends DataOptions>(
  command: Command,
  world: World,
  work: (given: Given<Options>, doing: Doing) => Promise<void>,
): Command =>
  act<Options>(
    command.option('--local', 'work here, on the data of DATA_DIR, without a server'),
    world,
    (given, around) => {
      const { options } = given
      const data = options.local === true ? dataHere(around) : dataThere({ options, world, around })
      return work(given, { data, shell: around.shell })
    },
  )
