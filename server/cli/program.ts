// The tree of commands.
import { Command } from 'commander'
import { version } from '../../package.json'
import { addBacktestCommands } from './backtest'
import { addBackupCommands } from './backup'
import type { World } from './command'
import { addCompletionCommand } from './completion'
import { addDataCommands } from './data'
import { addDoctorCommand } from './doctor'
import { addInspectCommands } from './inspect'
import { addLibraryCommands } from './library'
import { addPlayCommands } from './play'
import { addRunCommands } from './run'

export const createProgram = (world: World): Command => {
  const program = new Command('playloom')
  program
    .description('Write a crypto strategy as a Play, check it, and run it honestly on real bars.')
    .version(version, '--version', 'print the version')
    .helpOption('--help', 'say how a command is used')
    .helpCommand(false)
    .exitOverride()
    .configureOutput({ writeOut: world.streams.out, writeErr: world.streams.err, outputError: () => {} })
    .showSuggestionAfterError(true)
  addPlayCommands(program, world)
  addDataCommands(program, world)
  addBacktestCommands(program, world)
  addInspectCommands(program, world)
  addRunCommands(program, world)
  addLibraryCommands(program, world)
  addBackupCommands(program, world)
  addDoctorCommand(program, world)
  addCompletionCommand(program, world)
  return program
}
