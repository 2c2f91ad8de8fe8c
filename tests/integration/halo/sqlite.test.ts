import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { openHalo } from '../../../app/halo/open.ts'
import { conformsAsDestination, good, type HaloWorld } from './conformance.ts'
import { type FoundRow, sqlWorld, type Tables } from './sql-world.ts'

const clock = { now: () => Date.UTC(2026, 2, 1) }

async function sqliteWorld(): Promise<HaloWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'halo-'))
  const file = join(folder, 'halo.db')
  const open = async () => good(await openHalo({ kind: 'sqlite', file }, { clock }))
  const halo = await open()
  const beside = new Database(file)
  return sqlWorld({
    ...{ halo, again: open, tables: tablesOf(beside) },
    close: async () => {
      beside.close()
      await halo.close()
      rmSync(folder, { recursive: true, force: true })
    },
  })
}

function tablesOf(sql: Database.Database): Tables {
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

conformsAsDestination('SQLite', sqliteWorld)
