import Database from 'better-sqlite3'
import { openHalo } from '../../../app/halo/open.ts'
import {
  arrangesGroups,
  conformsAsDestination,
  good,
  type HaloWorld,
  makesOrders,
  takesSheets,
  undoesImports,
} from './conformance.ts'
import { changesQuotes } from './quote-changes.ts'
import { sqlWorld, type Tables } from './sql-world.ts'
import { clock, haloFolder, sqliteTables } from './sqlite-world.ts'
import { takesOver } from './take-over.ts'

async function sqliteWorld(): Promise<HaloWorld & { readonly tables: Tables }> {
  const { file, remove } = haloFolder()
  const open = async () => good(await openHalo({ kind: 'sqlite', file }, { clock }))
  const halo = await open()
  const beside = new Database(file)
  const tables = sqliteTables(beside)
  const world = sqlWorld({
    ...{ halo, again: open, tables },
    close: async () => {
      beside.close()
      await halo.close()
      remove()
    },
  })
  return { ...world, tables }
}

conformsAsDestination('SQLite', sqliteWorld)
takesSheets('SQLite', sqliteWorld)
undoesImports('SQLite', sqliteWorld)
makesOrders('SQLite', sqliteWorld)
arrangesGroups('SQLite', sqliteWorld)
changesQuotes('SQLite', sqliteWorld)
takesOver('SQLite', sqliteWorld)
