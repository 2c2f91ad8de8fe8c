import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ok } from '../../../../app/model/fault.ts'
import type { MadeColumns } from '../../../../app/model/sheet/made.ts'
import { type Draft, draftOf } from '../../../../app/sheets/draft.ts'
import { openImportFile } from '../../../../app/store/import-file.ts'

const clock = { now: () => Date.UTC(2024, 0, 1) }
const many = 3_500
let file: string
let db: Database
let draft: Draft

beforeEach(() => {
  file = join(mkdtempSync(join(tmpdir(), 'bites-')), '1.db')
  db = openImportFile(file)
  draft = draftOf(db, clock)
  draft.rows.add(
    Array.from({ length: many }, (_, at) => ({
      number: at + 2,
      cells: [`Customer ${at}`, ['Won', 'Lost', ' won '][at % 3] ?? null, `Ada${at % 2} Lovelace`],
      isHidden: false,
      formulas: [],
    })),
  )
})
afterEach(() => {
  db.close()
})
const upper = { do: 'find', column: 0, find: 'Customer', to: 'Client' } as const
const firstAndLast = () => [draft.rows.get(2)?.cells[0], draft.rows.get(many + 1)?.cells[0]]
const asRead = ['Customer 0', `Customer ${many - 1}`]
const changed = ['Client 0', `Client ${many - 1}`]

describe('a change of many rows', () => {
  test('lets others in between, tells how far it is, and is one step to undo', async () => {
    const seen: number[] = []
    let turns = 0
    const others = setInterval(() => turns++, 0)
    expect(await draft.fix('Renamed', upper, { onProgress: (rows) => seen.push(rows) })).toEqual(ok(many))
    clearInterval(others)
    expect(seen).toEqual([1_000, 2_000, 3_000, many])
    expect(turns).toBeGreaterThan(0)
    expect(firstAndLast()).toEqual(changed)
    const back: number[] = []
    expect(await draft.undo((rows) => back.push(rows))).toBe('Renamed')
    expect(back).toEqual([1_000, 2_000, 3_000])
    expect(firstAndLast()).toEqual(asRead)
    expect(draft.rows.lastEdit()).toBeNull()
  })

  test('cancelled, it is taken back whole', async () => {
    const abort = new AbortController()
    const done = await draft.fix('Renamed', upper, {
      signal: abort.signal,
      onProgress: () => abort.abort(),
    })
    expect(done).toMatchObject({ ok: false, fault: { code: 'cancelled' } })
    expect(firstAndLast()).toEqual(asRead)
    expect(draft.rows.lastEdit()).toBeNull()
  })

  test('cut off by a crash, it is taken back when the file is opened again', () => {
    const step = draft.rows.begin('Renamed')
    step.change([2, 3], ({ cells }) => ['Client', ...cells.slice(1)])
    db.close()
    db = openImportFile(file)
    draft = draftOf(db, clock)
    expect(draft.rows.get(2)?.cells[0]).toBe('Client')
    draft.rows.takeBackUnfinished()
    expect(draft.rows.get(2)?.cells[0]).toBe('Customer 0')
    expect(draft.rows.lastEdit()).toBeNull()
    draft.rows.takeBackUnfinished()
  })

  test('an undo that is cut off goes on when the file is opened again', async () => {
    await draft.fix('Renamed', upper)
    expect(draft.rows.undoSome(1_000)).toEqual({ what: 'Renamed', rows: 1_000, isDone: false })
    expect(firstAndLast()).toEqual([asRead[0], changed[1]])
    db.close()
    db = openImportFile(file)
    draft = draftOf(db, clock)
    draft.rows.takeBackUnfinished()
    expect(firstAndLast()).toEqual(asRead)
  })

  test('a file that is closed meanwhile ends it', async () => {
    const fixing = draft.fix('Renamed', upper, { onProgress: () => db.close() })
    expect(await fixing).toMatchObject({ ok: false, fault: { code: 'cancelled' } })
    db = openImportFile(file)
    draft = draftOf(db, clock)
    draft.rows.takeBackUnfinished()
    expect(firstAndLast()).toEqual(asRead)
  })
})

describe('columns that are made', () => {
  const made: MadeColumns[] = [{ do: 'split', from: 2, by: 'first word', into: [3, 4] }]

  test('are counted and changed as any other; their source stays', async () => {
    expect(await draft.distinct(3, 10, made)).toEqual([
      { value: 'Ada0', count: many / 2 },
      { value: 'Ada1', count: many / 2 },
    ])
    const fix = { do: 'replace', column: 3, from: 'ada1', to: 'Grace' } as const
    expect(await draft.fix('Renamed', fix, { made })).toEqual(ok(many / 2))
    expect(draft.rows.get(3)?.cells).toEqual(['Customer 1', 'Lost', 'Ada1 Lovelace', 'Grace'])
    expect(await draft.distinct(3, 1, made)).toEqual([{ value: 'Ada0', count: many / 2 }])
  })
})

test('values are counted without their white space, the most frequent first', async () => {
  expect(await draft.distinct(1, 2)).toEqual(
    [
      { value: 'Won', count: 1_167 },
      { value: 'Lost', count: 1_167 },
    ].sort((a, b) => (a.value < b.value ? -1 : 1)),
  )
  expect(draft.rows.place(2)).toBe(0)
  expect(draft.rows.place(many + 1)).toBe(many - 1)
})
