import { describe, expect, it, test, vi } from 'vitest'
import type { LiveTable } from '../../../../../../../app/halo/sql/dialect.ts'
import { sessionSettings } from '../../../../../../../app/halo/sql/dialects/mssql/connect.ts'
import { createTable } from '../../../../../../../app/halo/sql/dialects/mssql/create.ts'
import * as sql from '../../../../../../../app/halo/sql/dialects/mssql/statements.ts'
import { mssqlKysely } from '../../../../../../../app/halo/sql/dialects/mssql.ts'
import { createStatements } from '../../../../../../../app/halo/sql/statements.ts'
import {
  halo,
  type TableName,
  tableNames,
  writtenTables,
} from '../../../../../../../app/halo/sql/tables/all.ts'
import { grammarTroubles } from '../../../../../../tds/grammar.ts'

// The grammar is large and takes seconds to begin with.
vi.setConfig({ testTimeout: 60_000 })

/** A table as a server has it that spells all as the catalogue does. */
function live(
  id: TableName,
  isIdentity: boolean,
  spelled: (name: string) => string = (name) => name,
): LiveTable {
  const spec = halo[id]
  const columns = spec.columns.map((column) => ({
    ...{ name: column.name, live: spelled(column.name), declared: column.declared, type: column.type },
    ...{ isNotNull: column.isNotNull, hasDefault: false, isIdentity: false, spec: column },
  }))
  return {
    ...{ id, spec, live: spelled(spec.name), isIdentity },
    columns: new Map(columns.map((column) => [column.name, column])),
  }
}

const columnsOf = (id: TableName): string[] => halo[id].columns.map(({ name }) => name)

/** Every kind of statement, for one table. */
function statementsOf(table: LiveTable): Record<string, string> {
  const columns = columnsOf(table.id).slice(0, 4)
  const kept = createStatements(mssqlKysely)
  const allocated = columns.includes(table.spec.key) ? columns : [...columns, table.spec.key]
  const fresh = columns.filter((name) => name !== table.spec.key)
  return {
    select: kept.selectIn(table, columns, table.spec.key, 3),
    stage: sql.createStage(table, columns),
    'insert a few': sql.insertIdentity(table, fresh, sql.valuesSource(fresh.length, 2)),
    'insert many': sql.insertIdentity(table, fresh, sql.stageSource),
    'insert a few with keys': sql.insertAllocated(table, allocated, sql.valuesSource(allocated.length, 2)),
    'insert many with keys': `${sql.insertAllocated(table, allocated, sql.stageSource)}; DROP TABLE ${sql.stage}`,
    'update a few': sql.update(table, fresh, sql.valuesSource(fresh.length + 1, 1)),
    'update many': `${sql.update(table, fresh, sql.stageSource)}; DROP TABLE ${sql.stage}`,
    remove: sql.remove(table, 3),
    'next key': sql.nextKey(table),
  }
}

const once = {
  settings: sessionSettings,
  dictionary: sql.dictionary(3),
  rights: sql.lackingRights(3),
  version: sql.serverVersion,
  state: sql.transactionState,
  rollback: sql.rollback,
}

describe('every statement for SQL Server', () => {
  it.each(writtenTables)('is well-formed T-SQL: %s', (id) => {
    for (const [name, text] of Object.entries(statementsOf(live(id, true))))
      expect([name, text, grammarTroubles(text)]).toEqual([name, text, []])
  })

  it.each(Object.entries(once))('is well-formed T-SQL: %s', (_, text) => {
    expect(grammarTroubles(text)).toEqual([])
  })

  it.each(tableNames)('is well-formed T-SQL: the table %s of the self-test', (id) => {
    for (const text of createTable({ ...halo[id], name: `#${halo[id].name}` }, { isIdentity: true }))
      expect([text, grammarTroubles(text)]).toEqual([text, []])
  })

  test('has been read by a person', () => {
    const read = { ...once, ...statementsOf(live('area', true)) }
    expect(read).toMatchSnapshot()
    expect(statementsOf(live('orderLine', false))['insert many with keys']).toMatchSnapshot()
  })
})

test('the grammar sees what is wrong', () => {
  for (const wrong of [
    'SELECT FROM [AREA]',
    'INSERT INTO [AREA] VALUES 1',
    'UPDATE t SET FROM x',
    'SELECT (1',
  ])
    expect([wrong, grammarTroubles(wrong)]).not.toEqual([wrong, []])
})

test('names are the database’s own, whatever they are', () => {
  const odd = live('area', false, (name) => `${name.toUpperCase()}]x`)
  for (const [name, text] of Object.entries(statementsOf(odd))) {
    if (name !== 'stage') expect(text).toMatch(/\[AREA\]\]x\]|"AREA\]x"/)
    expect([text, grammarTroubles(text)]).toEqual([text, []])
  }
})
