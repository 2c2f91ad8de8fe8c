import { existsSync, writeFileSync } from 'node:fs'
import { Command } from 'commander'
import { toHar } from '../../app/http/har.ts'
import type { Exchange } from '../../app/model/exchange.ts'
import { fault } from '../../app/model/fault.ts'
import { openExchanges } from '../../app/store/exchanges.ts'
import { programVersion } from '../version.ts'
import { type CommonOptions, clock, count, folderOf, tellFault } from './engine.ts'
import { say, table } from './output.ts'

type RequestOptions = CommonOptions & { readonly har?: string; readonly run?: number; readonly limit: number }

/** requests: what was asked of the APIs and answered, secrets removed. */
export function requestsCommand(): Command {
  return new Command('requests')
    .description('list the requests that were sent, newest first')
    .option('--run <id>', 'only those of one run', count)
    .option('--limit <n>', 'how many', count, 100)
    .option('--har <file>', "write them to a HAR file, which browsers' network panels open")
    .option('--json', 'print them whole, as JSON')
    .action((_, command: Command) => list(command.optsWithGlobals()))
}

function list(options: RequestOptions): void {
  const folder = folderOf(options)
  // Looking makes nothing: a mistyped folder stays absent.
  if (!existsSync(folder)) {
    tellFault(fault('folder-missing', { facts: { folder } }), options)
    return
  }
  const exchanges = openExchanges(folder, { clock })
  try {
    const filter = options.run === undefined ? {} : { runId: options.run }
    const { rows } = exchanges.list(filter, { limit: options.limit })
    const whole = (): Exchange[] => rows.flatMap((row) => exchanges.get(row.id) ?? [])
    if (options.har) save(options, whole())
    else if (options.json) say.json(whole())
    else if (rows.length === 0) say.line('No requests were recorded yet.')
    else {
      const cells = rows.map((row) => [
        row.startedAt,
        row.method,
        row.status || (row.faultCode ?? '-'),
        row.totalMs,
        row.url,
      ])
      say.line(
        table(
          ['When (UTC)', 'Method', 'Status', 'ms', 'Address'],
          cells.map((row) => row.map((cell) => cell as string | number)),
        ),
      )
    }
  } finally {
    exchanges.close()
  }
}

function save(options: RequestOptions, found: readonly Exchange[]): void {
  const file = options.har ?? ''
  try {
    writeFileSync(file, JSON.stringify(toHar(found, { version: programVersion() }), null, 2))
  } catch (error) {
    tellFault(fault('folder-unwritable', { facts: { file, folder: file }, raw: String(error) }), options)
    return
  }
  if (options.json) say.json({ file, requests: found.length })
  else
    say.line(`${found.length} requests written to ${file}. Secrets are removed; names and amounts are not.`)
}
