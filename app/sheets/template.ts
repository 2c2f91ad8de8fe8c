import type { Worksheet } from 'exceljs'
import type { SheetField } from '../model/sheet/field-type.ts'
import { fieldsWith } from '../model/sheet/fields.ts'
import type { Entity } from '../model/tenant.ts'

/** Rows that get the lists of allowed values; more can be filled in without them. */
const listedRows = 1000
const titles: Readonly<Record<Entity, string>> = {
  customers: 'Customers',
  products: 'Products',
  quotes: 'Quotes',
  salesOrders: 'Sales orders',
}

/**
 * The template of an entity as an .xlsx file: one sheet with the columns (mandatory ones marked and first), an example row, and lists of
 * allowed values; one sheet of notes. Made from the definitions by which rows are checked, so it always fits. `custom`: custom fields of the tenant's Halo, as further columns.
 */
export async function template(entity: Entity, custom: readonly SheetField[] = []): Promise<Uint8Array> {
  // Read when it is needed: a large library.
  const { default: Excel } = await import('exceljs')
  const book = new Excel.Workbook()
  const fields = ordered(fieldsWith(entity, custom))
  addTable(book.addWorksheet(titles[entity], { views: [{ state: 'frozen', ySplit: 1 }] }), fields)
  addNotes(book.addWorksheet('Notes'), entity, fields)
  return new Uint8Array(await book.xlsx.writeBuffer())
}

/** Mandatory ones first, each half in the order of the definitions. */
const ordered = (fields: readonly SheetField[]): SheetField[] => [
  ...fields.filter((one) => one.isMandatory),
  ...fields.filter((one) => !one.isMandatory),
]

const headingOf = (field: SheetField): string => (field.isMandatory ? `${field.label} *` : field.label)

function addTable(sheet: Worksheet, fields: readonly SheetField[]): void {
  sheet.columns = fields.map((field) => ({
    header: headingOf(field),
    width: Math.min(40, Math.max(14, field.label.length + 4, field.example.length + 2)),
    // Text stays as it is typed: "007" keeps its zeros.
    style: {
      numFmt:
        field.type === 'text' || field.type === 'long text' || field.type === 'e-mail'
          ? '@'
          : formatOf(field),
    },
  }))
  sheet.addRow(fields.map(exampleOf))
  const head = sheet.getRow(1)
  head.font = { bold: true }
  for (const [at, field] of fields.entries()) {
    head.getCell(at + 1).fill = {
      type: 'pattern',
      pattern: 'solid',
      fgColor: { argb: field.isMandatory ? 'FFFCE4D6' : 'FFE7E6E6' },
    }
    const words = wordsOf(field)
    // A list in a cell is one text of 255 characters, parted by commas; longer ones stand in the notes alone.
    if (words.length === 0 || words.some((word) => /[,"]/.test(word)) || words.join(',').length > 250)
      continue
    for (let row = 2; row <= listedRows; row++) {
      sheet.getCell(row, at + 1).dataValidation = {
        type: 'list',
        allowBlank: !field.isMandatory,
        formulae: [`"${words.join(',')}"`],
        showErrorMessage: true,
        errorStyle: 'warning',
        error: `One of: ${words.join(', ')}`,
      }
    }
  }
}

const formatOf = (field: SheetField): string =>
  field.type === 'date' ? 'yyyy-mm-dd' : field.type === 'money' ? '0.00' : 'General'

function exampleOf(field: SheetField): string | number | Date {
  if (field.type === 'date') return new Date(`${field.example}T00:00:00Z`)
  const isNumber = ['money', 'number', 'percent', 'whole number'].includes(field.type)
  return isNumber ? Number(field.example) : field.example
}

const wordsOf = (field: SheetField): readonly string[] =>
  field.type === 'yes/no' ? ['yes', 'no'] : field.choices.map((one) => one.word)

function addNotes(sheet: Worksheet, entity: Entity, fields: readonly SheetField[]): void {
  sheet.columns = [{ width: 24 }, { width: 12 }, { width: 70 }, { width: 26 }, { width: 48 }]
  sheet.addRow([
    `Columns of ${titles[entity].toLowerCase()}; those with * are mandatory. Replace the example row by your own.`,
  ])
  if (fields.some((one) => one.of === 'line')) {
    sheet.addRow([
      'One row a line: repeat the number in each row of the same record. Other columns of the record may be left empty after its first row.',
    ])
  }
  sheet.addRow([])
  sheet.addRow(['Column', 'Mandatory', 'Meaning', 'Example', 'Allowed']).font = { bold: true }
  for (const field of fields) {
    const room = field.maxLength === null ? '' : `up to ${field.maxLength} characters`
    sheet.addRow([
      field.label,
      field.isMandatory ? 'yes' : '',
      field.meaning,
      field.example,
      wordsOf(field).join(', ') || room,
    ])
  }
}
