/** The spreadsheets that `bench:import` reads: invented customers of twelve columns. */
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import Excel from 'exceljs'
import type { SheetPlan } from '../app/model/sheet/check.ts'

export const headings = [
  'Name',
  'Account number',
  'Tax number',
  'Street',
  'City',
  'State',
  'Postal code',
  'Country',
  'Contact first name',
  'Contact last name',
  'Contact e-mail',
  'Contact phone',
]
const keys = [
  'name',
  'accountNumber',
  'taxNumber',
  'address',
  'city',
  'state',
  'postalCode',
  'country',
  'contactFirstName',
  'contactLastName',
  'contactEmail',
  'contactPhone',
]
export const plan: SheetPlan = {
  entity: 'customers',
  columns: Object.fromEntries(keys.map((key, at) => [key, at])),
  ...{ constants: {}, forms: {}, skipsHidden: false, identifier: 'name' },
}

const rowAt = (at: number): string[] => [
  `Customer ${at} Ltd`,
  `C${at}`,
  `GB${at}`,
  `${at % 900} High Street`,
  `Town ${at % 300}`,
  `County ${at % 40}`,
  `T${at % 99} ${at % 9}AB`,
  'United Kingdom',
  `Ada${at % 50}`,
  `Hill${at % 700}`,
  `ada.${at}@customer.example`,
  `+44 117 ${at % 10_000}`,
]

export type SheetKind = 'xlsx' | 'csv'

/** Writes so many rows below the headings. */
export async function writeSheet(kind: SheetKind, to: string, rows: number): Promise<void> {
  await { xlsx: writeXlsx, csv: writeCsv }[kind](to, rows)
}

async function writeXlsx(to: string, rows: number): Promise<void> {
  const book = new Excel.stream.xlsx.WorkbookWriter({ filename: to, useSharedStrings: true })
  const sheet = book.addWorksheet('Customers')
  sheet.addRow(headings).commit()
  for (let at = 0; at < rows; at++) sheet.addRow(rowAt(at)).commit()
  await book.commit()
}

async function writeCsv(to: string, rows: number): Promise<void> {
  const out = createWriteStream(to)
  out.write(`${headings.join(',')}\n`)
  for (let at = 0; at < rows; at++) {
    if (!out.write(`${rowAt(at).join(',')}\n`)) await once(out, 'drain')
  }
  out.end()
  await once(out, 'finish')
}
