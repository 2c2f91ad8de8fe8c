import { Command, InvalidArgumentError, Option } from 'commander'
import { fault } from '../../app/model/fault.ts'
import { type UpdateSettings, updateSettingsSchema } from '../../app/model/settings.ts'
import type { CommonOptions } from './engine.ts'
import { say } from './output.ts'
import { type SettingsCalls, withSettings } from './running-settings.ts'

type UpdateOptions = CommonOptions & {
  readonly mode?: UpdateSettings['mode']
  readonly window?: NonNullable<UpdateSettings['window']> | 'any'
  readonly feed?: string
}
type Told = (settings: SettingsCalls, options: CommonOptions) => Promise<number>

/** settings updates: what is not named stays as it was. `told` prints what holds now. */
export function updatesCommand(told: Told): Command {
  return new Command('updates')
    .description('how updates of the desktop come; signatures are always checked')
    .addOption(
      new Option('--mode <mode>', 'off, notify or automatic').choices(['off', 'notify', 'automatic']),
    )
    .option(
      '--window <hours>',
      'hours in which an automatic update may restart it: 01:00-04:00, or any',
      hours,
    )
    .option('--feed <url>', 'where updates are looked for in a closed network (https), or default', feed)
    .option('--json', 'print JSON for machines')
    .action((_, command: Command) => setUpdates(command.optsWithGlobals(), told))
}

/** commander takes null for "nothing was given", so that any time has a word. */
function hours(given: string): UpdateOptions['window'] {
  if (given === 'any') return given
  const [from, to, ...more] = given.split('-')
  const read = updateSettingsSchema.shape.window.safeParse({ from, to })
  if (!read.success || more.length > 0)
    throw new InvalidArgumentError('Hours are written as 01:00-04:00; any: at any time.')
  return read.data ?? 'any'
}

function feed(given: string): string {
  const read = updateSettingsSchema.shape.feedUrl.safeParse(given === 'default' ? '' : given)
  if (!read.success) throw new InvalidArgumentError('The address of a feed begins with https://.')
  return read.data
}

async function setUpdates({ mode, window, feed, ...options }: UpdateOptions, told: Told): Promise<void> {
  if (mode === undefined && window === undefined && feed === undefined) {
    say.fault(
      fault('input-invalid', { facts: { field: 'updates', reason: 'name --mode, --window or --feed' } }),
      options.json === true,
    )
    process.exitCode = 1
    return
  }
  await withSettings(options, async (settings) => {
    const { updates: before } = await settings.get()
    const set = await settings.setUpdates({
      mode: mode ?? before.mode,
      window: window === 'any' ? null : (window ?? before.window),
      feedUrl: feed ?? before.feedUrl,
    })
    if (set.ok) return told(settings, options)
    say.fault(set.fault, options.json === true)
    return 1
  })
}
