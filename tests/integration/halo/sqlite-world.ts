import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type Database from 'better-sqlite3'
import type { FoundRow, Tables } from './sql-world.ts'

export const clock = { now: () => Date.UTC(2026, 2, 1) }

/** A folder for one Halo file. */
export function haloFolder(): { readonly file: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'halo-'))
  return { file: join(folder, 'halo.db'), remove: () => rmSync(folder, { recursive: true, force: true }) }
}

export function sqliteTables(sql: Database.Database): Tables {
  return {
    rows: async (table, column, value) =>
      sql.prepare(`select * from ${table} where ${column} = ? order by 1`).all(value) as FoundRow[],
    count: async (table) => Number(sql.prepare(`select count(*) from ${table}`).pluck().get()),
    run: async ({ update, set, key, id }) => {
      const changes = Object.keys(set).map((column) => `${column} = ?`)
      sql
        .prepare(`update ${update} set ${changes.join(', ')} where ${key} = ?`)
        .run(...Object.values(set), id)
    },
    insert: async (table, row) => {
      const columns = Object.keys(row)
      sql
        .prepare(`insert into ${table} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`)
        .run(...Object.values(row))
    },
  }
}
