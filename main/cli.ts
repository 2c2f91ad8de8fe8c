import { Command, CommanderError, Option } from 'commander'
import { storeFault } from '../app/store/sqlite-fault.ts'
import { haloCommand } from './cli/halo.ts'
import { importCommand } from './cli/import.ts'
import { importsCommand } from './cli/imports.ts'
import { say } from './cli/output.ts'
import { requestsCommand } from './cli/requests.ts'
import { sampleApiCommand } from './cli/sample-api.ts'
import { serveCommand } from './cli/serve.ts'
import { serviceCommand } from './cli/service.ts'
import { settingsCommand } from './cli/settings.ts'
import { setupCommand } from './cli/setup.ts'
import { syncCommand } from './cli/sync.ts'
import { tenantCommands } from './cli/tenant.ts'
import { dataFolder } from './folders.ts'
import { programVersion } from './version.ts'

/**
 * The command line: `commerce-integrator`. Exit status 0: done; 2: done, but some records failed; 1: failed (the reason is on stderr).
 */
const program = new Command('commerce-integrator')
  .description('Copies customers, products, quotes and sales orders from Datto Commerce into HaloPSA.')
  .version(programVersion())
  .addOption(new Option('--data <dir>', 'data folder').env('COMMERCE_INTEGRATOR_DATA'))
  .showHelpAfterError('(add --help for the options)')
  .exitOverride()

for (const command of [
  ...tenantCommands(),
  syncCommand(),
  importCommand(),
  importsCommand(),
  serveCommand(),
  setupCommand(),
  sampleApiCommand(),
  haloCommand(),
  requestsCommand(),
  settingsCommand(),
  serviceCommand(),
])
  program.addCommand(inheriting(command))

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 1
  else {
    // The store throws when its disk is full or its file damaged.
    const known = storeFault(error, dataFolder(program.opts<{ data?: string }>().data))
    if (known) say.fault(known, process.argv.includes('--json'))
    else say.bug(error)
    process.exitCode = 1
  }
}

/** Commander hands its settings down only to commands that it made itself. */
function inheriting(command: Command, parent: Command = program): Command {
  command.copyInheritedSettings(parent)
  for (const below of command.commands) inheriting(below, command)
  return command
}
