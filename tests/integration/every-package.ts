/**
 * Bundled and run by packages-in-bundle.test.ts: one sign of life of each package that is read only when it is needed, to see that the bundler
 * understood it. Prints what worked.
 */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { PassThrough, Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { documentOf } from '../../app/model/mail/quote-document.ts'
import { defaultTemplate } from '../../app/model/mail/template.ts'
import { makePdf } from '../../main/mail/pdf.ts'
import { aQuote } from '../unit/app/model/mail/a-quote.ts'

const { Connection } = await import('tedious')
const connection = new Connection({
  server: '127.0.0.1',
  options: { port: 9, connectTimeout: 5_000, trustServerCertificate: true },
  authentication: { type: 'default', options: { userName: 'a', password: 'b' } },
})
connection.connect()
const [refused] = await once(connection, 'connect')
assert.match(String(refused), /Could not connect/)

const { default: pg } = await import('pg')
await assert.rejects(new pg.Client({ host: '127.0.0.1', port: 9 }).connect(), /ECONNREFUSED/)

const { default: excel } = await import('exceljs')
const stream = new PassThrough()
const whole = buffer(stream)
const writer = new excel.stream.xlsx.WorkbookWriter({ stream })
writer.addWorksheet('one').addRow(['a', 1]).commit()
await writer.commit()
const workbook = await whole
const rows: unknown[] = []
for await (const sheet of new excel.stream.xlsx.WorkbookReader(Readable.from([workbook]), {
  worksheets: 'emit',
  sharedStrings: 'cache',
}))
  for await (const row of sheet) rows.push(row.values)
assert.equal(rows.length, 1)

const { read } = await import('@e965/xlsx')
assert.deepEqual(read(workbook).SheetNames, ['one'])
const { parse } = await import('csv-parse/sync')
assert.deepEqual(parse('a,b\n1,2'), [
  ['a', 'b'],
  ['1', '2'],
])
const { unzipSync } = await import('fflate')
assert.ok('xl/workbook.xml' in unzipSync(new Uint8Array(workbook)))

const { createTransport } = await import('nodemailer')
const mail = { from: 'a@b.example', to: 'c@d.example', text: 'x' }
await assert.rejects(createTransport({ host: '127.0.0.1', port: 9 }).sendMail(mail), /ECONNREFUSED/)

const { default: Composer } = await import('nodemailer/lib/mail-composer')
assert.match(String(await new Composer(mail).compile().build()), /To: c@d\.example/)
const { default: Smtp } = await import('nodemailer/lib/smtp-connection')
assert.equal(typeof new Smtp({}).connect, 'function')

// With the font that lies beside the bundle.
const { pdf, missing } = await makePdf(documentOf(aQuote(), defaultTemplate), null)
assert.equal(pdf.toString('latin1', 0, 5), '%PDF-')
assert.deepEqual(missing, [])

process.stdout.write('all\n', () => process.exit(0))
