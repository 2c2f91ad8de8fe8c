import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { onTestFinished } from 'vitest'
import type { Destination, Known, Owner, WriteOutcome } from '../../../../../app/halo/destination.ts'
import { openSqliteHalo } from '../../../../../app/halo/sql/open.ts'
import type { Result } from '../../../../../app/model/fault.ts'
import type {
  HaloContact,
  HaloCustomer,
  HaloLine,
  HaloOrder,
  HaloProduct,
  HaloQuote,
  HaloRecord,
} from '../../../../../app/model/halo.ts'
import type { Entity } from '../../../../../app/model/tenant.ts'

export const clock = { now: () => Date.UTC(2026, 2, 1) }
export const instance = 'https://north.mydattocommerce.com'

/** A folder of this test alone. */
export function tempFile(name = 'halo.db'): string {
  const folder = mkdtempSync(join(tmpdir(), 'halo-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, name)
}

/** The value of a result that must be good. */
export function good<T>(result: Result<T> | undefined): T {
  if (!result?.ok) throw new Error(JSON.stringify(result?.fault))
  return result.value
}

export type TestHalo = {
  readonly file: string
  readonly halo: Destination
  readonly owner: Owner
  /** A connection of its own, as Halo has one. */
  readonly sql: Database.Database
  write<E extends Entity>(entity: E, ...records: HaloRecord[E][]): Promise<WriteOutcome[]>
  preview<E extends Entity>(entity: E, ...records: HaloRecord[E][]): Promise<WriteOutcome[]>
  /** All rows of all tables, as text. */
  dump(): string
  rows(query: string, ...values: unknown[]): Record<string, unknown>[]
}

export const known = <R>(...records: R[]): Known<R>[] => records.map((record) => ({ record, haloId: null }))

/** A Halo in a new file, or in one that `prepare` has made before. */
export async function openTestHalo(
  prepare?: (sql: Database.Database) => void,
  file = tempFile(),
): Promise<TestHalo> {
  if (prepare) {
    const before = new Database(file)
    prepare(before)
    before.close()
  }
  const halo = good(await openSqliteHalo({ file, clock, waitMs: 50 }))
  const sql = new Database(file)
  onTestFinished(async () => {
    sql.close()
    await halo.close()
  })
  const owner = good(await halo.owner(instance))
  const options = { owner, defaultGroup: null, createItemsFromQuotes: true }
  return {
    file,
    halo,
    owner,
    sql,
    write: async (entity, ...records) =>
      good(await halo.write(entity, known(...records), { ...options, mode: 'write' })),
    preview: async (entity, ...records) =>
      good(await halo.write(entity, known(...records), { ...options, mode: 'preview' })),
    dump: () => dumpOf(sql),
    rows: (query, ...values) => sql.prepare(query).all(...values) as Record<string, unknown>[],
  }
}

export function dumpOf(sql: Database.Database): string {
  const tables = sql
    .prepare("select name from sqlite_schema where type = 'table' order by name")
    .pluck()
    .all()
  return tables
    .map((table) => `${table}\n${JSON.stringify(sql.prepare(`select * from "${table}"`).all())}`)
    .join('\n')
}

const address = {
  line1: '1 High Street',
  line2: '',
  line3: 'Leeds',
  line4: 'West Yorkshire, UK',
  postcode: 'LS1 1AA',
}

export const contact = (name: string, email = '', more: Partial<HaloContact> = {}): HaloContact => ({
  commerceId: 1,
  name,
  firstName: name.split(' ')[0] ?? '',
  lastName: name.split(' ')[1] ?? '',
  email,
  phone: '',
  mobile: '',
  ...more,
})

export const customer = (commerceId: number, more: Partial<HaloCustomer> = {}): HaloCustomer => ({
  commerceId,
  url: `${instance}/customers/${commerceId}`,
  name: `Customer ${commerceId}`,
  reference: `C${commerceId}`,
  taxNumber: '',
  siteName: 'Main',
  address,
  contacts: [contact(`Ann ${commerceId}`, `ann@c${commerceId}.example`)],
  extra: [],
  ...more,
})

export const product = (commerceId: number, more: Partial<HaloProduct> = {}): HaloProduct => ({
  commerceId,
  name: `Product ${commerceId}`,
  sku: `SKU-${commerceId}`,
  groupId: null,
  price: 10.5,
  recurringPrice: null,
  billingPeriod: 0,
  isRecurring: false,
  isConsignable: false,
  taxCode: null,
  isActive: true,
  createdAt: '2026-01-01T09:00:00.000Z',
  modifiedAt: '2026-01-02T09:00:00.000Z',
  ...more,
})

export const line = (commerceId: number, sequence: number, more: Partial<HaloLine> = {}): HaloLine => ({
  commerceId,
  kind: 'line',
  sequence,
  groupSequence: 1,
  productCommerceId: null,
  productCode: `SKU-${commerceId}`,
  description: `Line ${commerceId}`,
  note: '',
  price: 10,
  quantity: 2,
  discount: 0,
  tax: 4,
  taxRate: 20,
  billingPeriod: 0,
  periods: null,
  isOptional: false,
  ...more,
})

export const heading = (title: string, sequence: number): HaloLine =>
  line(0, sequence, {
    kind: 'heading',
    productCode: '',
    description: title,
    price: 0,
    quantity: 0,
    tax: 0,
    taxRate: 0,
  })

const delivery = { address, amount: 0, tax: 0, taxRate: 0, instruction: '' }

export const quote = (commerceId: number, more: Partial<HaloQuote> = {}): HaloQuote => ({
  commerceId,
  url: `${instance}/quotes/${commerceId}`,
  number: `Q${commerceId}`,
  title: `Quote ${commerceId}`,
  customerCommerceId: 1,
  contact: { name: 'Ann 1', email: 'ann@c1.example' },
  commerceStatus: 1,
  statusToWrite: null,
  createdAt: '2026-01-03T09:00:00.000Z',
  expiresAt: '2026-02-03T09:00:00.000Z',
  modifiedAt: '2026-01-04T09:00:00.000Z',
  note: '',
  delivery,
  lines: [line(commerceId * 10 + 1, 1), line(commerceId * 10 + 2, 2)],
  ...more,
})

export const order = (commerceId: number, more: Partial<HaloOrder> = {}): HaloOrder => ({
  commerceId,
  number: `SO${commerceId}`,
  title: `Sales order SO${commerceId}`,
  reference: `PO-${commerceId}`,
  customerCommerceId: 1,
  contact: { name: 'Ann 1', email: 'ann@c1.example' },
  quoteCommerceId: null,
  commerceStatus: 2,
  statusToWrite: null,
  orderedAt: '2026-01-05T09:00:00.000Z',
  modifiedAt: '2026-01-06T09:00:00.000Z',
  note: '',
  delivery,
  lines: [line(commerceId * 10 + 1, 1), line(commerceId * 10 + 2, 2)],
  ...more,
})
