import { describe, expect, test } from 'vitest'
import { sheetFields } from '../../../../app/model/sheet/fields.ts'
import { matchColumns } from '../../../../app/model/sheet/match.ts'
import {
  decisionFor,
  type ImportFile,
  openQuestion,
  readImportFile,
} from '../../../../app/sheets/mapping-file.ts'

const headings = ['Company', 'Contact', 'Street 1', 'Street 2', 'City']
const decided = (said: ImportFile) =>
  decisionFor({
    entity: 'customers',
    headings,
    width: 6,
    matches: matchColumns(headings, [], sheetFields.customers),
    said,
  })

describe('what a mapping file says', () => {
  test('splits and joins columns, for the fields that it names', () => {
    const read = readImportFile(
      JSON.stringify({
        separator: ';',
        encoding: 'utf-16le',
        split: [{ column: 'contact', by: 'first word', into: ['contactFirstName', 'contactLastName'] }],
        join: [{ columns: ['Street 1', 'Street 2'], with: ', ', into: 'address' }],
      }),
    )
    if (!read.ok) throw new Error(read.fault.code)
    expect(read.value).toMatchObject({ separator: ';', encoding: 'utf-16le' })
    const decision = decided(read.value)
    expect(decision).toMatchObject({
      ok: true,
      value: {
        columns: { name: 0, contactFirstName: 6, contactLastName: 7, address: 8, city: 4 },
        made: [
          { do: 'split', from: 1, by: 'first word', into: [6, 7] },
          { do: 'join', from: [2, 3], with: ', ', into: [8] },
        ],
        recordBy: 'name',
        existing: 'skip',
      },
    })
  })

  test.each([
    [{ split: [{ column: 'Person', by: ',', into: ['name', ''] }] }, 'there is no column "Person"'],
    [{ split: [{ column: 'Contact', by: ',', into: ['nick', ''] }] }, 'nick is no field of customers'],
    [{ join: [{ columns: ['City', 'Land'], with: ' ', into: 'city' }] }, 'there is no column "Land"'],
    [{ columns: { cost: 'City' } }, 'cost is no field of customers'],
  ])('%j is refused with its reason', (said, problem) => {
    const decision = decided(said)
    expect(decision).toMatchObject({ ok: false, fault: { code: 'input-invalid' } })
    expect(!decision.ok && decision.fault.facts?.problem).toContain(problem)
  })

  test.each([
    ['{ "separator": ":" }', 'separator'],
    ['{ "encoding": "latin1" }', 'encoding'],
    ['{ "split": [{ "column": "Contact", "by": "", "into": ["name", ""] }] }', 'split.0.by'],
    ['{ "split": [{ "column": "Contact", "by": ",", "into": ["name"] }] }', 'split.0.into'],
  ])('%s is named by its place', (text, place) => {
    const read = readImportFile(text)
    expect(!read.ok && read.fault.facts?.problem).toMatch(new RegExp(`^${place}`))
  })

  test('what is said of dates and numbers answers what would be asked', () => {
    const said = decisionFor({
      ...{ entity: 'quotes', headings: ['Quote date', 'Price'], width: 2 },
      matches: matchColumns(['Quote date', 'Price'], [], sheetFields.quotes),
      said: { dates: 'dmy' },
    })
    if (!said.ok) throw new Error(said.fault.code)
    const unsure = {
      dates: { order: 'dmy', unsure: '01/02/2024' },
      decimal: { decimal: '.', unsure: '1,234' },
    } as const
    const question = openQuestion('quotes', said.value, { 0: unsure, 1: unsure })
    expect(question?.facts?.problem).toContain('"1,234" can be read in two ways')
    const forms = Object.keys(said.value.columns).map((field) => [field, { dates: 'dmy', decimal: ',' }])
    const all = { ...said.value, said: Object.fromEntries(forms) }
    expect(openQuestion('quotes', all, { 0: unsure, 1: unsure })).toBeNull()
  })
})
