import Database from 'better-sqlite3'
import { openHalo } from '../../../app/halo/open.ts'
import { arrangesGroups, conformsAsDestination, good, type HaloWorld, takesSheets } from './conformance.ts'
import { sqlWorld } from './sql-world.ts'
import { clock, haloFolder, sqliteTables } from './sqlite-world.ts'

async function sqliteWorld(): Promise<HaloWorld> {
  const { file, remove } = haloFolder()
  const open = async () => good(await openHalo({ kind: 'sqlite', file }, { clock }))
  const halo = await open()
  const beside = new Database(file)
  return sqlWorld({
    ...{ halo, again: open, tables: sqliteTables(beside) },
    close: async () => {
      beside.close()
      await halo.close()
      remove()
    },
  })
}

conformsAsDestination('SQLite', sqliteWorld)
takesSheets('SQLite', sqliteWorld)
arrangesGroups('SQLite', sqliteWorld)
