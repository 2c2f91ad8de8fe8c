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
  HaloOrder,
  HaloQuote,
  HaloRecord,
} from '../../../../../app/model/halo.ts'
import type { Entity } from '../../../../../app/model/tenant.ts'
import * as shared from '../../../../integration/halo/records.ts'

export const clock = { now: () => Date.UTC(2026, 2, 1) }

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

export const { heading, instance, line, product } = shared

/** The records of the integration tests, but for their people ("Ann 1"), and with statuses that stay. */
export const contact = (name: string, email = '', more: Partial<HaloContact> = {}): HaloContact =>
  shared.contact(name, email, more)

export const customer = (commerceId: number, more: Partial<HaloCustomer> = {}): HaloCustomer =>
  shared.customer(commerceId, {
    contacts: [contact(`Ann ${commerceId}`, `ann@c${commerceId}.example`)],
    ...more,
  })

const ours = { contact: { name: 'Ann 1', email: 'ann@c1.example' }, statusToWrite: null }

export const quote = (commerceId: number, more: Partial<HaloQuote> = {}): HaloQuote =>
  shared.quote(commerceId, { ...ours, ...more })

export const order = (commerceId: number, more: Partial<HaloOrder> = {}): HaloOrder =>
  shared.order(commerceId, { ...ours, ...more })
