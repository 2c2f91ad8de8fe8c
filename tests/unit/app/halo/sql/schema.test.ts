import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readType } from '../../../../../app/halo/sql/schema.ts'
import { halo, tableNames } from '../../../../../app/halo/sql/tables/all.ts'

type Line = [name: string, type: string, isNullable: boolean, standard: string | null]
const tables: Record<string, { primaryKey: string[]; columns: Line[] }> = JSON.parse(
  readFileSync(new URL('../../../../fixtures/halo/catalogue.json', import.meta.url), 'utf8'),
)

describe('the tables', () => {
  it.each(tableNames)('%s has the names, types, NOT NULLs and defaults of Halo’s catalogue', (id) => {
    const spec = halo[id]
    const known = tables[spec.name]
    const ours = spec.columns.map((one) => [one.name, one.declared, !one.isNotNull, one.default])
    expect(ours).toEqual(known?.columns)
    expect(spec.primary).toEqual(known?.primaryKey)
  })
})

describe('readType', () => {
  it.each([
    ['NVARCHAR(250)', { kind: 'text', limit: 250, isBounded: true, scale: 0 }],
    ['nvarchar(max)', { kind: 'text', limit: null, isBounded: true, scale: 0 }],
    ['NTEXT', { kind: 'text', limit: null, isBounded: true, scale: 0 }],
    ['TEXT', { kind: 'text', limit: null, isBounded: false, scale: 0 }],
    ['DECIMAL(18,5)', { kind: 'decimal', limit: null, isBounded: true, scale: 5 }],
    ['FLOAT(53)', { kind: 'float', limit: null, isBounded: true, scale: 0 }],
    ['SMALLINT', { kind: 'small', limit: null, isBounded: false, scale: 0 }],
    ['INTEGER', { kind: 'int', limit: null, isBounded: false, scale: 0 }],
    ['VARBINARY(MAX)', { kind: 'other', limit: null, isBounded: true, scale: 0 }],
  ])('reads %s', (declared, type) => {
    expect(readType(declared)).toEqual(type)
  })
})
