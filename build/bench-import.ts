/**
 * `npm run bench:import [-- --rows 100000]`: a spreadsheet of invented customers into the embedded Halo, as an import does it (read, check
 * every row, look up in Halo, map, write, keep) and as a bare loop of the same reader writing the same records does it, each in a process
 * of its own. The ratio is what holds on other machines.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Excel from 'exceljs'
import { openHalo } from '../app/halo/open.ts'
import type { Result } from '../app/model/fault.ts'
import type { HaloCustomer } from '../app/model/halo.ts'
import { defaultMapping } from '../app/model/mapping.ts'
import { type CheckedRow, recordBuilder, rowChecker, type SheetPlan } from '../app/model/sheet/check.ts'
import type { ImportChoices } from '../app/model/sheet/choices.ts'
import { type SheetReferences, shapeRecord } from '../app/model/sheet/to-record.ts'
import type { Tenant } from '../app/model/tenant.ts'
import { draftOf } from '../app/sheets/draft.ts'
import { importDraft } from '../app/sheets/import.ts'
import { lookAt } from '../app/sheets/look.ts'
import { openBook } from '../app/sheets/open.ts'
import { importDone } from '../app/store/import-done.ts'
import { openImportFile } from '../app/store/import-file.ts'

const clock = { now: () => Date.now() }
const headings = [
  'Name',
  'Account number',
  'Tax number',
  'Street',
  'City',
  'State',
  'Postal code',
  'Country',
  'Contact first name',
  'Contact last name',
  'Contact e-mail',
  'Contact phone',
]
const keys = [
  'name',
  'accountNumber',
  'taxNumber',
  'address',
  'city',
  'state',
  'postalCode',
  'country',
  'contactFirstName',
  'contactLastName',
  'contactEmail',
  'contactPhone',
]
const rowAt = (at: number): string[] => [
  `Customer ${at} Ltd`,
  `C${at}`,
  `GB${at}`,
  `${at % 900} High Street`,
  `Town ${at % 300}`,
  `County ${at % 40}`,
  `T${at % 99} ${at % 9}AB`,
  'United Kingdom',
  `Ada${at % 50}`,
  `Hill${at % 700}`,
  `ada.${at}@customer.example`,
  `+44 117 ${at % 10_000}`,
]
const plan: SheetPlan = {
  entity: 'customers',
  columns: Object.fromEntries(keys.map((key, at) => [key, at])),
  ...{ constants: {}, forms: {}, skipsHidden: false, identifier: 'name' },
}
const choices: ImportChoices = { plan, recordBy: 'name', customerBy: 'name', existing: 'skip' }
const tenant: Tenant = {
  id: 1,
  name: 'Bench',
  instanceUrl: 'https://bench.mydattocommerce.com',
  apiUrl: 'https://api.kaseyaquotemanager.com',
  keyIn: 'header',
  isEnabled: true,
  syncFrom: '2026-01-01T00:00:00.000Z',
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

const good = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.fault))
  return result.value
}

const [, , what, file, folder] = process.argv
if (what === 'look' || what === 'import' || what === 'bare') await measured(what, file ?? '', folder ?? '')
else await compare()

/** One way to do it, in this process; prints seconds and peak memory as JSON. */
async function measured(way: 'look' | 'import' | 'bare', from: string, into: string): Promise<void> {
  const began = performance.now()
  await { look, import: whole, bare }[way](from, into)
  const seconds = (performance.now() - began) / 1000
  console.log(JSON.stringify({ seconds, peakMb: process.resourceUsage().maxRSS / 1024 }))
}

async function look(from: string): Promise<void> {
  const book = good(await openBook(from))
  good(await lookAt(book, 0, 'customers'))
  await book.close()
}

async function whole(from: string, into: string): Promise<void> {
  const db = openImportFile(join(into, 'import.db'))
  const draft = draftOf(db, clock)
  const book = good(await openBook(from))
  const seen = good(await lookAt(book, 0, 'customers'))
  await draft.read(book, 0, seen.headerRow)
  await book.close()
  await draft.check(plan)
  const halo = good(await openHalo({ kind: 'sqlite', file: join(into, 'halo.db') }, { clock }))
  const trouble = await importDraft({
    ...{ draft, choices, tenant, destination: halo, mode: 'write' },
    done: importDone(db),
    owner: good(await halo.owner(tenant.instanceUrl)),
    signal: new AbortController().signal,
    onBatch: () => {},
  })
  if (trouble) throw new Error(trouble.code)
  await halo.close()
  db.close()
}

/** Reads, shapes and writes; checks nothing, finds nothing, keeps nothing. */
async function bare(from: string, into: string): Promise<void> {
  const halo = good(await openHalo({ kind: 'sqlite', file: join(into, 'halo.db') }, { clock }))
  const owner = good(await halo.owner(tenant.instanceUrl))
  const book = good(await openBook(from))
  const check = rowChecker(plan)
  const builder = recordBuilder(plan)
  let batch: HaloCustomer[] = []
  const write = async (): Promise<void> => {
    const known = batch.map((record) => ({ record, haloId: null }))
    good(
      await halo.write('customers', known, {
        owner,
        mode: 'write',
        defaultGroup: null,
        createItemsFromQuotes: false,
      }),
    )
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
      if (batch.length === 200) await write()
    }
  }
  add(null)
  await write()
  await book.close()
  await halo.close()
}

type Figure = { readonly seconds: number; readonly peakMb: number }

async function compare(): Promise<void> {
  const given = process.argv.indexOf('--rows')
  const rows = given < 0 ? 100_000 : Number(process.argv[given + 1])
  const home = mkdtempSync(join(tmpdir(), 'bench-import-'))
  try {
    const lines: string[][] = []
    for (const kind of ['xlsx', 'csv'] as const) {
      const sheet = join(home, `rows.${kind}`)
      await { xlsx: writeXlsx, csv: writeCsv }[kind](sheet, rows)
      const first = await apart('look', sheet, home)
      const plain = await apart('bare', sheet, mkdtempSync(join(home, 'bare-')))
      const full = await apart('import', sheet, mkdtempSync(join(home, 'import-')))
      lines.push([
        ...[kind, (full.seconds / plain.seconds).toFixed(2), full.peakMb.toFixed(0), plain.peakMb.toFixed(0)],
        ...[
          full.seconds.toFixed(1),
          plain.seconds.toFixed(1),
          (rows / full.seconds).toFixed(0),
          first.seconds.toFixed(2),
        ],
      ])
    }
    console.log(
      `npm run bench:import -- --rows ${rows}   (${rows} rows x ${headings.length} columns, customers, embedded Halo)`,
    )
    for (const line of [
      ['file', 'ratio', 'peak MB', 'bare MB', 'seconds', 'bare s', 'rows/s', 'first look s'],
      ...lines,
    ]) {
      console.log(line.map((cell) => cell.padStart(12)).join(' '))
    }
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

function apart(way: 'look' | 'import' | 'bare', sheet: string, into: string): Promise<Figure> {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), way, sheet, into], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let out = ''
  child.stdout.on('data', (piece: Buffer) => {
    out += piece.toString()
  })
  return new Promise((resolve, reject) => {
    child.on('exit', (status) => {
      if (status === 0) resolve(JSON.parse(out) as Figure)
      else reject(new Error(`${way} ended with ${status}`))
    })
  })
}

async function writeXlsx(to: string, rows: number): Promise<void> {
  const book = new Excel.stream.xlsx.WorkbookWriter({ filename: to, useSharedStrings: true })
  const sheet = book.addWorksheet('Customers')
  sheet.addRow(headings).commit()
  for (let at = 0; at < rows; at++) sheet.addRow(rowAt(at)).commit()
  await book.commit()
}

async function writeCsv(to: string, rows: number): Promise<void> {
  const out = createWriteStream(to)
  out.write(`${headings.join(',')}\n`)
  for (let at = 0; at < rows; at++) {
    if (!out.write(`${rowAt(at).join(',')}\n`)) await once(out, 'drain')
  }
  out.end()
  await once(out, 'finish')
}
