import { afterAll, beforeAll } from 'vitest'
import {
  arrangesGroups,
  conformsAsDestination,
  makesOrders,
  takesSheets,
  undoesImports,
} from './conformance.ts'
import { type PostgresServer, startPostgres } from './postgres-server.ts'
import { postgresWorld } from './postgres-world.ts'
import { changesQuotes } from './quote-changes.ts'
import { takesOver } from './take-over.ts'

let server: PostgresServer
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.end())

conformsAsDestination('PostgreSQL with keys of its own', () =>
  postgresWorld(server, { names: 'lower', isIdentity: true }),
)
conformsAsDestination('PostgreSQL with Halo’s spelling and allocated keys', () =>
  postgresWorld(server, { names: 'exact', isIdentity: false }),
)
arrangesGroups('PostgreSQL with keys of its own', () =>
  postgresWorld(server, { names: 'lower', isIdentity: true }),
)
arrangesGroups('PostgreSQL with Halo’s spelling', () =>
  postgresWorld(server, { names: 'exact', isIdentity: false }),
)
makesOrders('PostgreSQL with keys of its own', () =>
  postgresWorld(server, { names: 'lower', isIdentity: true }),
)
makesOrders('PostgreSQL with allocated keys', () =>
  postgresWorld(server, { names: 'exact', isIdentity: false }),
)
undoesImports('PostgreSQL with keys of its own', () =>
  postgresWorld(server, { names: 'lower', isIdentity: true }),
)
undoesImports('PostgreSQL with Halo’s spelling', () =>
  postgresWorld(server, { names: 'exact', isIdentity: false }),
)
changesQuotes('PostgreSQL with keys of its own', () =>
  postgresWorld(server, { names: 'lower', isIdentity: true }),
)
changesQuotes('PostgreSQL with Halo’s spelling', () =>
  postgresWorld(server, { names: 'exact', isIdentity: false }),
)
takesSheets('PostgreSQL', () => postgresWorld(server, { names: 'lower', isIdentity: false }))
takesOver('PostgreSQL', () => postgresWorld(server, { names: 'lower', isIdentity: true }))
