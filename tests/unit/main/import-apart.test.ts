import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { SheetPlan } from '../../../app/model/sheet/check.ts'
import { draftOf } from '../../../app/sheets/draft.ts'
import { openImportFile } from '../../../app/store/import-file.ts'
import { type ApartOptions, type ImportOrder, workApart } from '../../../main/import-apart.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'apart-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const plan: SheetPlan = {
  entity: 'customers',
  columns: { name: 0, contactEmail: 1 },
  constants: {},
  forms: {},
  skipsHidden: false,
  identifier: 'name',
}

function sheetOf(text: string): {
  read: (options?: ApartOptions) => ReturnType<typeof workApart>
  file: string
} {
  const path = join(folder, 'sheet.csv')
  writeFileSync(path, text)
  const file = join(folder, 'import.db')
  openImportFile(file).close()
  const order: ImportOrder = {
    ...({ act: 'read', file, path, sheet: 0, headerRow: 1 } as const),
    text: { encoding: 'utf-8', separator: ',' },
  }
  return { file, read: (options) => workApart(order, options) }
}

const many = (rows: number): string =>
  `Name,E-mail,Note\n${Array.from({ length: rows }, (_, at) => `Customer ${at},${at === 7 ? 'nobody' : `a${at}@x.example`},`).join('\n')}\nlast,,x,y\n`

/** What another connection sees in the import's file. */
function lookInto<T>(file: string, see: (draft: ReturnType<typeof draftOf>) => T): T {
  const db = openImportFile(file)
  try {
    return see(draftOf(db, { now: () => 0 }))
  } finally {
    db.close()
  }
}

describe('in a thread of its own', () => {
  test('rows are read, told of and counted, and then checked as they would be here', async () => {
    const { file, read } = sheetOf(many(2500))
    const told: number[] = []
    let width = 0
    expect(
      await read({
        onProgress: (rows) => void told.push(rows),
        onWidth: (cells) => {
          width = cells
        },
      }),
    ).toBeNull()
    expect(told.at(-1)).toBe(2502)
    expect(told.length).toBeGreaterThan(2)
    expect(width).toBe(4)
    expect(await workApart({ act: 'check', file, plan })).toBeNull()
    expect(lookInto(file, ({ problems }) => problems.counts())).toMatchObject({
      records: 2501,
      withErrors: 1,
    })
    expect(lookInto(file, ({ problems }) => problems.ofRows([9]))).toMatchObject([{ code: 'no-e-mail' }])
  })

  test('a fault of the file is its answer', async () => {
    const { read } = sheetOf('Name\n"never closed\n')
    expect(await read()).toMatchObject({ code: 'sheet-damaged', facts: { file: 'sheet.csv' } })
  })

  test('a cancel ends it', async () => {
    const { read } = sheetOf(many(20_000))
    const stop = new AbortController()
    expect(await read({ signal: stop.signal, onProgress: () => stop.abort() })).toMatchObject({
      code: 'cancelled',
    })
    expect(await read({ signal: AbortSignal.abort() })).toMatchObject({ code: 'cancelled' })
  })

  test('too much memory and too long a silence are faults of the file', async () => {
    const { read } = sheetOf(many(20_000))
    expect(await read({ limits: { heapMb: 4, silentMs: 60_000 } })).toMatchObject({ code: 'sheet-too-large' })
    expect(await read({ limits: { heapMb: 256, silentMs: 1 } })).toMatchObject({ code: 'sheet-slow' })
  })
})
