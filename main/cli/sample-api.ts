import { Command } from 'commander'
import { type SampleApi, startSampleApi } from '../../app/commerce/sample-api/index.ts'
import { fail, fault, ok, type Result } from '../../app/model/fault.ts'
import { count, port, tellFault } from './engine.ts'
import { say } from './output.ts'

type SampleOptions = {
  readonly port?: number
  readonly seed?: number
  readonly customers?: number
  readonly products?: number
  readonly quotes?: number
  readonly orders?: number
  readonly activity?: boolean
  readonly requestsPerMinute?: number
  readonly requestsPerDay?: number
  readonly json?: boolean
}

const whole = (given: string): number => (given === '0' ? 0 : count(given))

/** sample-api: the invented Commerce, for trying things without one. */
export function sampleApiCommand(): Command {
  return new Command('sample-api')
    .description('run an invented Datto Commerce API on this machine, to try things with')
    .option('--port <n>', 'port on 127.0.0.1 (default: any free one)', port)
    .option('--seed <n>', 'the same seed, the same data', whole)
    .option('--customers <n>', 'how many', whole)
    .option('--products <n>', 'how many', whole)
    .option('--quotes <n>', 'how many', whole)
    .option('--orders <n>', 'how many', whole)
    .option('--requests-per-minute <n>', 'default 60, as the real one', count)
    .option('--requests-per-day <n>', 'default 10000, as the real one', count)
    .option('--activity', 'make new and changed quotes as time goes by')
    .option('--json', 'print address and key as JSON')
    .action((options: SampleOptions) => serve(options))
}

async function serve({ activity, json, ...options }: SampleOptions): Promise<void> {
  const started = await begin(options, activity === true)
  if (!started.ok) {
    tellFault(started.fault, json ? { json } : {})
    return
  }
  const api = started.value
  if (json) say.json({ url: api.url, key: api.key })
  else say.line(`${api.startLine}\nAddress ${api.url}\nKey     ${api.key}\nStop with Ctrl+C.`)
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
  await api.stop()
}

async function begin(options: SampleOptions, hasActivity: boolean): Promise<Result<SampleApi>> {
  try {
    return ok(await startSampleApi({ ...options, hasActivity }))
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    // EACCES: a port that only an administrator may take.
    if (code === 'EADDRINUSE' || code === 'EACCES')
      return fail(fault('port-in-use', { facts: { port: options.port ?? 0 }, raw: String(error) }))
    throw error
  }
}
