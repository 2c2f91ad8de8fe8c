import { conformsAsDestination } from './conformance.ts'
import { stubWorld } from './mssql-stub-world.ts'

// The wire, the order of what is sent, and the values: not what SQL Server itself makes of a statement (docs/halo-sql.md).
conformsAsDestination('SQL Server’s wire', stubWorld)
