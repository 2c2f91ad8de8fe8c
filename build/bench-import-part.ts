/**
 * Parts of `bench:import` that need a process of their own: `bare FILE HALO` reads, maps and writes the records of a spreadsheet and does
 * nothing else; `look FILE` looks at its first rows, as the screen does; `read FILE FOLDER` reads all of it into an import of a data folder, as
 * the program does. Prints seconds, the most memory held and what the file was refused for as JSON.
 */
import { openHalo } from '../app/halo/open.ts'
import type { Fault, Result } from '../app/model/fault.ts'
import type { HaloCustomer } from '../app/model/halo.ts'
import { defaultMapping } from '../app/model/mapping.ts'
import { type CheckedRow, recordBuilder, rowChecker } from '../app/model/sheet/check.ts'
import { type SheetReferences, shapeRecord } from '../app/model/sheet/to-record.ts'
import type { Tenant } from '../app/model/tenant.ts'
import { lookAt } from '../app/sheets/look.ts'
import { openBook } from '../app/sheets/open.ts'
import { createImportDesk } from '../main/import-desk.ts'
import { plan } from './bench-import-sheets.ts'
import { peakMb } from './peak-memory.ts'

const tenant: Tenant = {
  id: 1,
  name: 'Bench',
  instanceUrl: 'https://bench.mydattocommerce.com',
  apiUrl: 'https://api.kaseyaquotemanager.com',
  keyIn: 'header',
  isEnabled: true,
  syncFrom: '2000-01-01T00:00:00.000Z',
  ...{ requestsPerMinute: 60, requestsPerDay: 10_000, reserve: 0.1 },
  halo: { kind: 'sqlite', file: 'halo.db' },
  schedule: { kind: 'off' },
  reconcile: { kind: 'off' },
  pausedUntil: null,
  entities: ['customers'],
  mapping: defaultMapping,
  createdAt: '2026-01-01T00:00:00.000Z',
}
const noRefs: SheetReferences = { customer: null, products: new Map(), quote: null, group: null }
/** As many as an import writes at once (app/sheets/import.ts). */
const batchSize = 200

const good = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.fault))
  return result.value
}

const [, , what, file = '', into = ''] = process.argv
const began = performance.now()
const trouble =
  what === 'bare' ? await bare(file, into) : what === 'look' ? await look(file) : await read(file, into)
const seconds = (performance.now() - began) / 1000
console.log(JSON.stringify({ seconds, peakMb: peakMb(), refused: trouble?.code ?? null }))

async function look(from: string): Promise<Fault | null> {
  const book = await openBook(from)
  if (!book.ok) return book.fault
  const seen = await lookAt(book.value, 0, 'customers')
  await book.value.close()
  return seen.ok ? null : seen.fault
}

async function read(from: string, data: string): Promise<Fault | null> {
  const desk = createImportDesk(data, { now: () => Date.now() })
  const made = await desk.read({ file: from, tenantId: tenant.id, entity: 'customers' })
  if (!made.ok) return made.fault
  made.value.open.close()
  return null
}

async function bare(from: string, halo: string): Promise<null> {
  const destination = good(
    await openHalo({ kind: 'sqlite', file: halo }, { clock: { now: () => Date.now() } }),
  )
  const owner = good(await destination.owner(tenant.instanceUrl))
  const book = good(await openBook(from))
  const check = rowChecker(plan)
  const builder = recordBuilder(plan)
  let batch: HaloCustomer[] = []
  const write = async (): Promise<void> => {
    const known = batch.map((record) => ({ record, haloId: null }))
    const options = { owner, mode: 'write', defaultGroup: null, createItemsFromQuotes: false } as const
    good(await destination.write('customers', known, options))
    batch = []
  }
  const add = (row: CheckedRow | null): void => {
    const record = row ? builder.add(row) : builder.end()
    if (record) batch.push(shapeRecord('customers', record, noRefs, tenant).record)
  }
  for await (const piece of book.rows(0)) {
    for (const row of good(piece).rows) {
      if (row.number === 1) continue
      const checked = check(row)
      if (checked) add(checked)
      if (batch.length === batchSize) await write()
    }
  }
  add(null)
  await write()
  await book.close()
  await destination.close()
  return null
}
