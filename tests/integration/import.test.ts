import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as rest } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { openBook } from '../../app/sheets/open.ts'
import { checkout, runCli } from '../../build/program.ts'
import { tempFolder } from './ground.ts'

/** A data folder with a tenant, and a way to import files that lie beside it. Nothing listens at Commerce's address: an import asks it nothing. */
async function place() {
  const folder = tempFolder()
  const data = join(folder, 'data')
  const run = (...args: string[]) => runCli(['--data', data, ...args])
  const added = await runCli(
    [
      '--data',
      data,
      'tenant',
      'add',
      '--name',
      'North',
      '--url',
      'https://north.mydattocommerce.com',
      '--api-url',
      'http://127.0.0.1:9',
      '--api-key-stdin',
    ],
    { stdin: 'key-of-north-5512' },
  )
  expect(added).toMatchObject({ status: 0 })
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  const halo = () => new Database(join(data, 'halo.db'), { readonly: true })
  const rows = (sql: string): unknown[] => {
    const db = halo()
    try {
      return db.prepare(sql).all()
    } finally {
      db.close()
    }
  }
  return { folder, data, run, file, rows }
}

test('historic customers and quotes from files, corrected where they failed', async () => {
  const { folder, data, run, file, rows } = await place()
  const customers = file(
    'customers.csv',
    'Company;Kundennummer;Ort;E-Mail\nNorthwind Ltd;N1;Bristol;ada@n.example\nContoso;C1;Bath;nobody\n',
  )

  const preview = await run('import', customers, '--tenant', 'North', '--entity', 'customers', '--preview')
  expect(preview.status).toBe(2)
  expect(preview.stdout).toMatch(/created {2}customers {2}N1/)
  expect(preview.stdout).toContain('"Contact e-mail" has to be one e-mail address; "nobody" is none.')
  expect(rows('SELECT * FROM AREA')).toEqual([])

  const first = await run('import', customers, '--tenant', 'North', '--entity', 'customers', '--json')
  expect(first.status).toBe(2)
  const told = JSON.parse(first.stdout)
  expect(told).toMatchObject({
    outcome: 'partial',
    counts: { created: 1, failed: 1 },
    problems: [{ code: 'no-e-mail', rows: 1 }],
  })
  expect(rows('SELECT aareadesc AS name FROM AREA')).toEqual([{ name: 'Northwind Ltd' }])

  // The file with the failed rows is opened, corrected and imported: here by leaving the address out.
  expect(told.notImported).toBe(join(folder, 'customers.not-imported.xlsx'))
  const book = await openBook(told.notImported)
  if (!book.ok) throw new Error(book.fault.code)
  await book.value.close()
  const mapping = file('mapping.json', JSON.stringify({ columns: { contactEmail: '' } }))
  const again = await run(
    'import',
    told.notImported,
    '--tenant',
    'North',
    '--entity',
    'customers',
    '--mapping',
    mapping,
    '--json',
  )
  expect(JSON.parse(again.stdout)).toMatchObject({
    outcome: 'done',
    counts: { created: 1, failed: 0 },
    notImported: null,
  })

  const quotes = file(
    'quotes.csv',
    'Quote number,Customer,Line title,Qty,Price,Date\nQ1,northwind ltd,Laptop,2,"1,234",03/04/2020\n',
  )
  const unsure = await run('import', quotes, '--tenant', 'North', '--entity', 'quotes')
  expect(unsure.status).toBe(1)
  expect(unsure.stderr).toContain('say "dates": "dmy" or "mdy"')
  const formats = file('formats.json', JSON.stringify({ dates: 'dmy', decimal: '.' }))
  const done = await run(
    'import',
    quotes,
    '--tenant',
    'North',
    '--entity',
    'quotes',
    '--mapping',
    formats,
    '--json',
  )
  expect(JSON.parse(done.stdout)).toMatchObject({ outcome: 'done', counts: { created: 1 } })
  expect(
    rows(
      'SELECT QHDate AS made, QDPrice AS price, QDQuantity AS quantity FROM QUOTATIONHEADER JOIN QUOTATIONDETAIL ON QDQHid = QHid',
    ),
  ).toEqual([{ made: expect.stringContaining('2020-04-03'), price: 1234, quantity: 2 }])
  const twice = await run(
    'import',
    quotes,
    '--tenant',
    'North',
    '--entity',
    'quotes',
    '--mapping',
    formats,
    '--json',
  )
  expect(JSON.parse(twice.stdout)).toMatchObject({ outcome: 'done', counts: { created: 0, skipped: 1 } })
  // A preview leaves nothing behind.
  expect(readdirSync(join(data, 'imports')).filter((name) => name.endsWith('.db'))).toHaveLength(4)
})

test.each([
  ['a missing file', ['nowhere.xlsx', '--entity', 'quotes'], /cannot be opened: it is not there/],
  ['an unknown tenant', ['--entity', 'quotes', '--tenant', 'South'], /no connection called "South"/i],
  ['an unknown entity', ['--entity', 'cars'], /Allowed choices are products, customers, quotes, salesOrders/],
  ['an unknown column', ['--entity', 'customers', '--mapping', 'bad.json'], /there is no column "Firm"/],
  [
    'a sheet that is not there',
    ['--entity', 'customers', '--mapping', 'sheet.json'],
    /There is no sheet "Two"/,
  ],
] as const)('%s is told, and nothing is written', async (_, args, words) => {
  const { folder, run, file, data } = await place()
  const sheet = file('c.csv', 'Name\nNorthwind\n')
  file('bad.json', '{"columns":{"name":"Firm"}}')
  file('sheet.json', '{"sheet":"Two"}')
  const named = args.map((arg) => (arg.endsWith('.json') || arg.endsWith('.xlsx') ? join(folder, arg) : arg))
  const hasFile = named[0]?.endsWith('.xlsx')
  const done = await run(
    'import',
    ...(hasFile ? [] : [sheet]),
    ...named,
    ...(args.includes('--tenant' as never) ? [] : ['--tenant', 'North']),
  )
  expect(done.status).toBe(1)
  expect(done.stderr).toMatch(words)
  expect(existsSync(join(data, 'halo.db'))).toBe(false)
})

test('killed in the middle and started again, nothing is missing and nothing is there twice', async () => {
  const { data, run, file, rows } = await place()
  await run('import', file('c.csv', 'Name\nContoso\n'), '--tenant', 'North', '--entity', 'customers')
  const lines = Array.from({ length: 1500 }, (_, at) => `Q${at},Contoso,a,1,1\nQ${at},,b,1,2`).join('\n')
  const quotes = file('q.csv', `Quote number,Customer,Line title,Quantity,Unit price\n${lines}\n`)
  const args = ['import', quotes, '--tenant', 'North', '--entity', 'quotes', '--json']
  const first = spawn(process.execPath, [join(checkout, 'main/cli.ts'), '--data', data, ...args], {
    stdio: 'ignore',
  })
  const written = (): number =>
    (rows('SELECT count(*) AS n FROM QUOTATIONHEADER') as { n: number }[])[0]?.n ?? 0
  while (written() === 0 && first.exitCode === null) await rest(20)
  const ended = once(first, 'exit')
  first.kill('SIGKILL')
  await ended
  expect(written()).toBeGreaterThan(0)

  const again = await run(...args)
  const { counts } = JSON.parse(again.stdout)
  expect(counts).toMatchObject({ failed: 0, updated: 0 })
  expect(counts.created + counts.skipped).toBe(1500)
  expect(written()).toBe(1500)
  expect(rows('SELECT count(*) AS n FROM QUOTATIONDETAIL')).toEqual([{ n: 3000 }])
  expect(rows('SELECT QHThirdPartyNumber FROM QUOTATIONHEADER GROUP BY 1 HAVING count(*) > 1')).toEqual([])
})

test('separator and encoding as said, a column split and two joined, kept so that the window can go on with it', async () => {
  const { folder, data, run, rows } = await place()
  const file = join(folder, 'odd.csv')
  const text = 'Company|x;Person;Street 1;Street 2\nGrün|a;Ada Lovelace King;1 Harbour Road;Dock 2\n'
  writeFileSync(file, Buffer.from(text, 'latin1'))
  const mapping = join(folder, 'mapping.json')
  writeFileSync(
    mapping,
    JSON.stringify({
      separator: '|',
      columns: { name: 'Company x' },
      split: [{ column: 'Person', by: 'first word', into: ['contactFirstName', 'contactLastName'] }],
      join: [{ columns: ['Street 1', 'Street 2'], with: ', ', into: 'address' }],
    }),
  )
  const args = ['import', file, '--tenant', 'North', '--entity', 'customers', '--mapping', mapping]
  // The options go before the file: with bars there is no column of that name.
  const bars = await run(...args, '--encoding', 'windows-1252')
  expect(bars.status).toBe(1)
  expect(bars.stderr).toContain('there is no column "Company x"')
  const wrong = await run(...args, '--separator', 'colon')
  expect(wrong.status).not.toBe(0)
  expect(wrong.stderr).toContain('comma, semicolon, tab, bar')
  writeFileSync(mapping, readFileSync(mapping, 'utf8').replace('Company x', 'Company|x'))
  const done = await run(...args, '--encoding', 'windows-1252', '--separator', 'semicolon', '--json')
  expect(done.status, done.stderr).toBe(0)
  expect(rows('SELECT aareadesc AS name FROM AREA')).toEqual([{ name: 'Grün|a' }])
  expect(rows("SELECT uusername AS name FROM USERS WHERE uusername LIKE 'Ada%'")).toEqual([
    { name: 'Ada Lovelace King' },
  ])
  const kept = readdirSync(join(data, 'imports')).find((name) => name.endsWith('-customers.db')) ?? ''
  const db = new Database(join(data, 'imports', kept), { readonly: true })
  const note = (name: string) =>
    JSON.parse(String(db.prepare('SELECT value FROM note WHERE name = ?').pluck().get(name)))
  expect(note('origin')).toMatchObject({ text: { encoding: 'windows-1252', separator: ';' }, width: 4 })
  expect(note('work')).toMatchObject({
    path: file,
    isChecked: true,
    nextPlace: 7,
    decision: {
      columns: { name: 0, contactFirstName: 4, contactLastName: 5, address: 6 },
      made: [{ do: 'split' }, { do: 'join' }],
    },
  })
  expect(note('work').importRunId).toEqual(expect.any(Number))
  db.close()
}, 60_000)

test('nothing is imported while a row is wrong, where that is said; Halo is asked before', async () => {
  const { run, file, rows } = await place()
  const customers = file('customers.csv', 'Customer name,Account number\nNorthwind Ltd,N-1\nContoso,C-1\n')
  const made = await run(
    'import',
    customers,
    '--tenant',
    'North',
    '--entity',
    'customers',
    '--all-or-nothing',
  )
  expect(made).toMatchObject({ status: 0 })
  const quotes = file(
    'quotes.csv',
    'Quote number,Customer,Line title,Qty,Price\nQ1,N-1,Laptop,2,5\nQ2,#1,Mouse,1,5\nQ3,Northwnd,Bag,1,5\n',
  )
  const whole = ['import', quotes, '--tenant', 'North', '--entity', 'quotes', '--json'] as const
  const held = await run(...whole, '--all-or-nothing')
  expect(held.status).toBe(1)
  expect(JSON.parse(held.stdout)).toMatchObject({
    outcome: 'stopped',
    counts: { created: 0, failed: 0 },
    problems: [{ code: 'unknown-customer', field: 'customer', rows: 1, firstRow: 4 }],
    fault: { code: 'sheet-not-all-good', facts: { errors: 1, records: 3 } },
  })
  expect(rows('SELECT * FROM QUOTATIONHEADER')).toEqual([])
  const preview = await run('import', quotes, '--tenant', 'North', '--entity', 'quotes', '--preview')
  expect(preview.stdout).toContain('Halo has no customer "Northwnd". Did you mean "Northwind Ltd"?')
  const some = await run(...whole)
  expect(some.status).toBe(2)
  expect(JSON.parse(some.stdout)).toMatchObject({ outcome: 'partial', counts: { created: 2, failed: 1 } })
})
