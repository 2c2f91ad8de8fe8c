import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite, { type Database } from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Destination, Owner } from '../../../../app/halo/destination.ts'
import { openHalo } from '../../../../app/halo/open.ts'
import { type Fault, fail, fault, type Result } from '../../../../app/model/fault.ts'
import type { RecordOutcome } from '../../../../app/model/outcome.ts'
import type { ImportChoices } from '../../../../app/model/sheet/choices.ts'
import type { Entity } from '../../../../app/model/tenant.ts'
import { draftOf } from '../../../../app/sheets/draft.ts'
import { importDraft } from '../../../../app/sheets/import.ts'
import { lookAt } from '../../../../app/sheets/look.ts'
import { openBook } from '../../../../app/sheets/open.ts'
import { undoImport } from '../../../../app/sheets/undo.ts'
import { importDone } from '../../../../app/store/import-done.ts'
import { openImportFile } from '../../../../app/store/import-file.ts'
import { importUndone } from '../../../../app/store/import-undone.ts'
import { tenant } from '../model/map/builders.ts'
import { fileOf } from './make-book.ts'

const clock = { now: () => Date.UTC(2024, 0, 1) }
const good = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.fault))
  return result.value
}

let folder: string
let halo: Destination
let owner: Owner
let sql: Database
const files: Database[] = []

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'undo-'))
  const file = join(folder, 'halo.db')
  halo = good(await openHalo({ kind: 'sqlite', file }, { clock }))
  owner = good(await halo.owner('https://sample.mydattocommerce.com'))
  sql = new Sqlite(file)
})
afterEach(async () => {
  sql.close()
  await halo.close()
  for (const one of files.splice(0)) one.close()
})

const keys = {
  customers: 'name',
  products: 'productNumber',
  quotes: 'quoteNumber',
  salesOrders: 'orderNumber',
}

type UndoMore = {
  readonly destination?: Destination
  readonly isSynced?: (commerceId: number) => boolean
  readonly mapping?: Partial<ReturnType<typeof tenant>['mapping']>
  /** Cancelled after so many batches. */
  readonly batches?: number
}

/** A sheet that is imported, and its undo. */
async function imported(entity: Entity, text: string, existing: ImportChoices['existing'] = 'update') {
  const book = good(await openBook(fileOf(text)))
  const look = good(await lookAt(book, 0, entity))
  const db = openImportFile(join(folder, `import-${files.length}.db`))
  files.push(db)
  const draft = draftOf(db, clock)
  await draft.read(book, 0, look.headerRow)
  await book.close()
  const columns = Object.fromEntries(look.matches.map((match) => [match.field, match.column]))
  const plan = { entity, columns, constants: {}, forms: {}, skipsHidden: false, identifier: keys[entity] }
  await draft.check(plan)
  const recordBy = entity === 'customers' ? ('name' as const) : ('number' as const)
  const choices: ImportChoices = { plan, recordBy, customerBy: 'name', existing }
  const undone = importUndone(db)
  const shared = { draft, undone, choices, owner, signal: new AbortController().signal }
  const kinds: string[] = []
  const trouble = await importDraft({
    ...{ ...shared, done: importDone(db), destination: halo, tenant: tenant(), mode: 'write' },
    onBatch: (batch) => void kinds.push(...batch.map(({ kind }) => kind)),
  })
  expect(trouble).toBeNull()
  const undo = async (more: UndoMore = {}): Promise<{ outcomes: RecordOutcome[]; fault: Fault | null }> => {
    const { destination = halo, isSynced = () => false, mapping = {}, batches = 99 } = more
    const outcomes: RecordOutcome[] = []
    const stop = new AbortController()
    let left = batches
    const ended = await undoImport({
      ...{ ...shared, destination, isSynced, signal: stop.signal },
      tenant: { ...tenant(), mapping: { ...tenant().mapping, ...mapping } },
      onBatch: (batch) => {
        outcomes.push(...batch)
        left -= 1
        if (left === 0) stop.abort()
      },
    })
    return { outcomes, fault: ended }
  }
  return { kinds, undone, undo }
}

const countOf = (table: string): unknown => sql.prepare(`SELECT count(*) FROM ${table}`).pluck().get()
const two = 'Name,Account number,City,E-mail\nNorthwind,N1,Bristol,a@n.example\nContoso,C1,Bath,b@c.example\n'
const many = ['Name,City', ...Array.from({ length: 450 }, (_, at) => `Customer ${at},Leeds`)].join('\n')

describe('an import that is undone', () => {
  test('removes what it created, keeps what it changed, and says both', async () => {
    await imported('customers', 'Name,City\nContoso,Leeds\n')
    const { kinds, undo, undone } = await imported('customers', two)
    expect(kinds).toEqual(['created', 'updated'])
    const { outcomes, fault: ended } = await undo()
    expect(ended).toBeNull()
    expect(outcomes).toMatchObject([{ label: 'N1', kind: 'updated', fault: null }])
    expect(undone.counts()).toEqual({ created: 1, open: 0, removed: 1, gone: 0, left: 0 })
    expect(sql.prepare('SELECT aareadesc, Aarearef FROM AREA').all()).toEqual([
      { aareadesc: 'Contoso', Aarearef: 'C1' },
    ])
    expect((await imported('customers', two)).kinds).toEqual(['created', 'unchanged'])
  })

  test('goes on where it was cancelled, the last records first', async () => {
    const { undo, undone } = await imported('customers', many)
    const first = await undo({ batches: 1 })
    expect(first.fault).toMatchObject({ code: 'cancelled' })
    expect(first.outcomes).toHaveLength(200)
    expect(first.outcomes[0]).toMatchObject({ label: 'Customer 250' })
    expect(countOf('AREA')).toBe(250)
    expect(undone.counts()).toMatchObject({ created: 450, open: 250, removed: 200 })
    expect((await undo()).fault).toBeNull()
    expect([countOf('AREA'), countOf('SITE'), countOf('USERS'), countOf('ADDRESSSTORE')]).toEqual([
      0, 0, 0, 0,
    ])
    expect(undone.counts()).toEqual({ created: 450, open: 0, removed: 450, gone: 0, left: 0 })
  })

  test('meets what a crash left unsaid as gone, and keeps what a fault stopped for the next time', async () => {
    const { undo, undone } = await imported('customers', many)
    let calls = 0
    const { sheets } = halo
    if (!sheets?.undo) throw new Error('nothing can be undone here')
    const { undo: own } = sheets
    const remove: typeof own.remove = async (...given) => {
      calls += 1
      const removed = await own.remove(...given)
      // Halo has committed the second batch, and nobody hears of it.
      return calls === 2 ? fail(fault('halo-unreachable')) : removed
    }
    const destination = { ...halo, sheets: { ...sheets, undo: { ...own, remove } } }
    expect((await undo({ destination })).fault).toMatchObject({ code: 'halo-unreachable' })
    expect(undone.counts()).toMatchObject({ open: 250, removed: 200 })
    expect((await undo()).fault).toBeNull()
    expect(undone.counts()).toEqual({ created: 450, open: 0, removed: 250, gone: 200, left: 0 })
    expect(countOf('AREA')).toBe(0)
  })

  test('leaves what was changed, and takes it when that was taken back', async () => {
    const { undo, undone } = await imported('customers', two)
    sql.exec("UPDATE USERS SET uextn = '0117' WHERE uemail = 'a@n.example'")
    expect((await undo()).outcomes).toMatchObject([
      { label: 'N1', kind: 'skipped', fault: { code: 'undo-changed', facts: { label: 'Northwind' } } },
      { label: 'C1', kind: 'updated' },
    ])
    expect(undone.reasons()).toMatchObject([{ code: 'undo-changed', count: 1 }])
    sql.exec("UPDATE USERS SET uextn = NULL WHERE uemail = 'a@n.example'")
    expect((await undo()).outcomes).toEqual([])
    undone.retryLeft()
    expect((await undo()).outcomes).toMatchObject([{ label: 'N1', kind: 'updated' }])
    expect(countOf('AREA')).toBe(0)
  })

  test('leaves a record that a sync keeps by now, and is not misled by a mapping that was changed since', async () => {
    await imported('customers', two)
    const quotes = 'Quote number,Commerce id,Customer,Line title,Quantity,Unit price,Status\n'
    const { undo } = await imported(
      'quotes',
      `${quotes}Q1,71,Northwind,Laptop,2,100,Won\nQ2,72,Contoso,Chair,1,50,Sent\n`,
    )
    const quoteStatus = { 1: 5, 3: 6 }
    const { outcomes } = await undo({ isSynced: (id) => id === 71, mapping: { quoteStatus } })
    expect(outcomes).toMatchObject([
      { commerceId: 71, kind: 'skipped', fault: { code: 'undo-synced' } },
      { commerceId: 72, kind: 'updated', fault: null },
    ])
    expect(countOf('QUOTATIONDETAIL')).toBe(1)
  })

  test('is not possible for an import of an older version', async () => {
    const { undo } = await imported('customers', two)
    files.at(-1)?.exec("DELETE FROM note WHERE name = 'as written'")
    expect((await undo()).fault).toMatchObject({ code: 'input-invalid' })
    expect(countOf('AREA')).toBe(2)
  })
})
