import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'vitest'
import type { RecordOutcome } from '../../../../app/model/outcome.ts'
import { openStore, type Store } from '../../../../app/store/open.ts'
import type { RecordWrite } from '../../../../app/store/records.ts'

export type TestClock = { nowMs: number; now(): number; iso(): string }

/** A clock that stands still until a test moves it; it starts at 10 May 2026, noon UTC. */
export function testClock(): TestClock {
  return {
    nowMs: Date.UTC(2026, 4, 10, 12),
    now() {
      return this.nowMs
    },
    iso() {
      return new Date(this.nowMs).toISOString()
    },
  }
}

const folders: string[] = []
const stores: Store[] = []
afterEach(() => {
  for (const store of stores.splice(0)) store.close()
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** A folder that goes when the test ends. */
export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'integrator-'))
  folders.push(folder)
  return folder
}

/** A real store in a temporary folder, closed and removed when the test ends. */
export function tempStore(
  clock = testClock(),
  folder = tempFolder(),
): { store: Store; clock: TestClock; folder: string } {
  const opened = openStore(folder, { clock, role: 'owner' })
  if (!opened.ok) throw new Error(`The store did not open: ${JSON.stringify(opened.fault)}`)
  stores.push(opened.value)
  return { store: opened.value, clock, folder }
}

/** The value of a result that must be one. */
export function must<T>(result: { ok: true; value: T } | { ok: false; fault: unknown }): T {
  if (!result.ok) throw new Error(`A fault instead of a value: ${JSON.stringify(result.fault)}`)
  return result.value
}

export const aRecord = (commerceId: number, more: Partial<RecordWrite> = {}): RecordWrite => ({
  entity: 'quotes',
  commerceId,
  haloId: commerceId + 1000,
  hash: `hash-${commerceId}`,
  label: `Q${commerceId}`,
  number: `Q${commerceId}`,
  name: `Quote ${commerceId}`,
  customerId: 7,
  customerName: 'Northwind',
  status: 1,
  amount: commerceId,
  modifiedAt: '2026-05-01T00:00:00.000Z',
  statusSeen: 1,
  notes: [],
  kind: 'created',
  fault: null,
  ...more,
})

export const anOutcome = (commerceId: number, more: Partial<RecordOutcome> = {}): RecordOutcome => ({
  entity: 'quotes',
  commerceId,
  label: `Q${commerceId}`,
  kind: 'created',
  haloId: commerceId + 1000,
  fault: null,
  notes: [],
  changes: [],
  ...more,
})
