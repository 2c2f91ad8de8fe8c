import type { LiveTable } from '../../dialect.ts'
import { liveName } from '../../statements.ts'
import { carrierOf } from './values.ts'

/** T-SQL of its own: what Kysely does not write. Upper-case keywords, names in brackets; columns of a source are c0, c1, ... and `n`, the row's number. */

export const quoted = (name: string): string => `[${name.replaceAll(']', ']]')}]`

export const stage = '#halo_stage'

/** Where rows come from: parameters for a few, the staged table for many. */
export type Source = { readonly from: string }

/** `(VALUES (@1, @2, 0), (@3, @4, 1)) AS s(c0, c1, n)`. */
export function valuesSource(columns: number, rows: number): Source {
  const lines = Array.from({ length: rows }, (_, row) => {
    const places = Array.from({ length: columns }, (_, at) => `@${row * columns + at + 1}`)
    return `(${[...places, row].join(', ')})`
  })
  return { from: `(VALUES ${lines.join(', ')}) AS s(${[...places(columns), 'n'].join(', ')})` }
}

export const stageSource: Source = { from: `${stage} AS s` }

const places = (count: number): string[] => Array.from({ length: count }, (_, at) => `c${at}`)

const keyName = (table: LiveTable): string => quoted(liveName(table, table.spec.key))

/** The staged table of one shape. Made anew each time: a shape rarely comes twice in a row. */
export function createStage(table: LiveTable, columns: readonly string[]): string {
  const lines = columns.map((name, at) => {
    const column = table.columns.get(name)
    return `c${at} ${column ? carrierOf(column).declared : 'NVARCHAR(4000)'} NULL`
  })
  return `IF OBJECT_ID('tempdb..${stage}') IS NOT NULL DROP TABLE ${stage}; CREATE TABLE ${stage} (${[...lines, 'n INT NOT NULL'].join(', ')})`
}

/**
 * Inserts the source's rows. Keys that the database makes come back in the rows' order: identity values are given in the order of the SELECT
 * (learn.microsoft.com, INSERT). By way of a table variable, because OUTPUT alone is refused on a table with a trigger.
 */
export function insertIdentity(table: LiveTable, columns: readonly string[], source: Source): string {
  const names = columns.map((column) => quoted(liveName(table, column))).join(', ')
  return [
    'DECLARE @made TABLE (k BIGINT NOT NULL)',
    `INSERT INTO ${quoted(table.live)} (${names}) OUTPUT INSERTED.${keyName(table)} INTO @made (k) SELECT ${selected(columns)} FROM ${source.from} ORDER BY s.n`,
    'SELECT k AS [key] FROM @made ORDER BY k',
  ].join('; ')
}

/** Inserts rows whose keys were allocated; answers how many went in. One whose key is taken meanwhile stays out. */
export function insertAllocated(table: LiveTable, columns: readonly string[], source: Source): string {
  const names = columns.map((column) => quoted(liveName(table, column))).join(', ')
  const key = columns.indexOf(table.spec.key)
  const isTaken = `SELECT 1 FROM ${quoted(table.live)} AS t WITH (UPDLOCK, HOLDLOCK) WHERE t.${keyName(table)} = s.c${key}`
  return [
    `INSERT INTO ${quoted(table.live)} (${names}) SELECT ${selected(columns)} FROM ${source.from} WHERE NOT EXISTS (${isTaken})`,
    'SELECT @@ROWCOUNT AS [count]',
  ].join('; ')
}

const selected = (columns: readonly string[]): string =>
  places(columns.length)
    .map((name) => `s.${name}`)
    .join(', ')

/** Updates rows by their key, which is the source's last column. */
export function update(table: LiveTable, columns: readonly string[], source: Source): string {
  const set = columns.map((column, at) => `t.${quoted(liveName(table, column))} = s.c${at}`).join(', ')
  return `UPDATE t SET ${set} FROM ${quoted(table.live)} AS t INNER JOIN ${source.from} ON t.${keyName(table)} = s.c${columns.length}`
}

export function remove(table: LiveTable, count: number): string {
  const keys = Array.from({ length: count }, (_, at) => `@${at + 1}`)
  return `DELETE FROM ${quoted(table.live)} WHERE ${keyName(table)} IN (${keys.join(', ')})`
}

/** The first free key. The lock on the end of the key's range stays until the transaction ends, so nobody else takes it. */
export function nextKey(table: LiveTable): string {
  return `SELECT COALESCE(MAX(${keyName(table)}), 0) + 1 AS [key] FROM ${quoted(table.live)} WITH (UPDLOCK, HOLDLOCK)`
}

/** All about the columns of some tables; those of the login's own schema first, then dbo's. */
export function dictionary(count: number): string {
  const names = Array.from({ length: count }, (_, at) => `@${at + 1}`).join(', ')
  return `SELECT s.name AS [schema], t.name AS [table], c.name AS [column], TYPE_NAME(c.system_type_id) AS [type], c.max_length AS [length], c.precision AS [precision], c.scale AS [scale], c.is_nullable AS [nullable], c.is_identity AS [identity], c.is_computed AS [computed], c.default_object_id AS [default] FROM sys.tables AS t INNER JOIN sys.schemas AS s ON s.schema_id = t.schema_id INNER JOIN sys.columns AS c ON c.object_id = t.object_id WHERE LOWER(t.name) IN (${names}) ORDER BY CASE WHEN s.name = SCHEMA_NAME() THEN 0 WHEN s.name = N'dbo' THEN 1 ELSE 2 END, s.name, t.name, c.column_id`
}

/** The rights that are lacking; a table that is not there is passed over. */
export function lackingRights(count: number): string {
  const names = Array.from({ length: count }, (_, at) => `(@${at + 1})`).join(', ')
  return `SELECT t.name AS [table], r.name AS [right] FROM (VALUES ${names}) AS t(name) CROSS JOIN (VALUES ('SELECT'), ('INSERT'), ('UPDATE'), ('DELETE')) AS r(name) WHERE HAS_PERMS_BY_NAME(QUOTENAME(t.name), 'OBJECT', r.name) = 0`
}

export const serverVersion =
  "SELECT CAST(SERVERPROPERTY('ProductVersion') AS NVARCHAR(128)) AS [version], CAST(SERVERPROPERTY('Edition') AS NVARCHAR(128)) AS [edition]"
/** 1: open and well; 0: none; -1: it can only be rolled back. */
export const transactionState = 'SELECT XACT_STATE() AS [state]'
export const rollback = 'IF @@TRANCOUNT > 0 ROLLBACK TRANSACTION'
