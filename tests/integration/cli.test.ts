import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { type SampleApi, type SampleApiOptions, startSampleApi } from '../../app/commerce/sample-api/index.ts'
import { entities } from '../../app/model/tenant.ts'
import { type Finished, runCli, startCli } from '../../build/program.ts'
import { dumpFile, lifted, tempFolder } from './ground.ts'

const key = 'planted-key-93c1f0a7'
const sizes = { customers: 6, products: 8, quotes: 10, orders: 6 }

async function world(options: SampleApiOptions = {}): Promise<SampleApi> {
  const api = await startSampleApi({ ...sizes, ...lifted, key, ...options })
  onTestFinished(() => api.stop())
  return api
}

const adding = (name: string, apiUrl: string): string[] => [
  ...['tenant', 'add', '--name', name, '--url', 'https://north.mydattocommerce.com', '--api-url', apiUrl],
  ...['--api-key-stdin', '--sync-from', '2000-01-01'],
  ...['--requests-per-minute', '1000000', '--requests-per-day', '10000000'],
]

/** A data folder with the tenant North, and a way to run commands on it. */
async function tenantOf(apiUrl: string, stdin = key) {
  const folder = tempFolder()
  const run = (...args: string[]) => runCli(['--data', folder, ...args])
  const added = await runCli(['--data', folder, ...adding('North', apiUrl)], { stdin })
  expect(added).toMatchObject({ status: 0, stderr: '' })
  return { folder, run, halo: join(folder, 'halo.db') }
}

/** What a person reads: it names the trouble and the way out, and shows no insides of the program. */
function expectWords(done: Finished, ...parts: readonly (string | RegExp)[]): void {
  expect(done.status).toBe(1)
  for (const part of parts) expect(done.stderr).toMatch(part)
  expect(done.stdout + done.stderr).not.toMatch(/\n\s+at .+:\d+|SqliteError|TypeError|node:internal/)
  // What happened on the first line, what to do on the second.
  expect(done.stderr.trim().split('\n').length).toBeGreaterThan(1)
}

/** Every file below a folder. */
const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file).isFile())

test('every command tells how it is used', async () => {
  const commands = [
    [],
    ['tenant'],
    ['tenant', 'add'],
    ['tenant', 'list'],
    ['tenant', 'test'],
    ['tenant', 'remove'],
    ['sync'],
    ['serve'],
    ['sample-api'],
    ['requests'],
  ]
  const helps = await Promise.all(commands.map((command) => runCli([...command, '--help'])))
  for (const help of helps) expect(help).toMatchObject({ status: 0, stderr: '' })
  expect(helps[0]?.stdout).toMatch(
    /--data <dir>[\s\S]+tenant[\s\S]+sync[\s\S]+serve[\s\S]+sample-api[\s\S]+requests/,
  )
  const wrong = await Promise.all([runCli(['sink']), runCli(['sync', '--wrong']), runCli(['tenant', 'add'])])
  for (const one of wrong) expectWords(one, /^error: /, /--help/)
  expect((await runCli(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
})

test('from adding a tenant to removing it', async () => {
  const api = await world()
  const { folder, run, halo } = await tenantOf(api.url)
  const list = await run('tenant', 'list', '--json')
  expect(JSON.parse(list.stdout)).toMatchObject([
    { name: 'North', instanceUrl: 'https://north.mydattocommerce.com', isEnabled: true },
  ])
  const tried = await run('tenant', 'test', 'north', '--json')
  expect(tried.status).toBe(0)
  expect(JSON.parse(tried.stdout)).toMatchObject(
    ['address', 'dns', 'proxy', 'tcp', 'key', 'record', 'halo', 'schema'].map((id) => ({
      id,
      state: 'passed',
    })),
  )
  const preview = await run('sync', '--preview', '--json')
  expect(JSON.parse(preview.stdout)).toMatchObject({ outcome: 'done', entities: { quotes: { created: 10 } } })
  const sync = await run('sync', '--tenant', 'North', '--json')
  expect(sync).toMatchObject({ status: 0, stderr: '' })
  const report = JSON.parse(sync.stdout)
  expect(report).toEqual({
    tenant: 'North',
    outcome: 'done',
    requests: expect.any(Number),
    durationMs: expect.any(Number),
    entities: Object.fromEntries(
      entities.map((entity) => [
        entity,
        Object.fromEntries(
          ['created', 'updated', 'unchanged', 'skipped', 'failed'].map((kind) => [kind, expect.any(Number)]),
        ),
      ]),
    ),
  })
  expect(report.entities.customers.created).toBe(6)
  const table = await run('sync')
  expect(table.stdout).toMatch(/North\s+Read\s+Created[\s\S]+quotes\s+\d+\s+0\s+0[\s\S]+done, 8 requests/)

  const har = join(folder, 'requests.har')
  const requests = await run('requests', '--json', '--limit', '5')
  expect(JSON.parse(requests.stdout)).toHaveLength(5)
  expect((await run('requests', '--har', har)).status).toBe(0)
  expect(JSON.parse(readFileSync(har, 'utf8'))).toMatchObject({ log: { version: '1.2' } })
  const said = [tried, preview, sync, table, requests].map((one) => one.stdout + one.stderr).join('\n')
  expect(said).not.toContain(key)
  for (const file of filesIn(folder))
    expect([file, readFileSync(file, 'latin1').includes(key)]).toEqual([file, false])

  expect(await run('tenant', 'remove', 'North')).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('What is in Halo stays'),
  })
  expect(JSON.parse((await run('tenant', 'list', '--json')).stdout)).toEqual([])
  expect(dumpFile(halo)).toContain('QO10')
})

test('some failed records make the exit status 2', async () => {
  const api = await world({ quirks: { brokenRecord: { resource: 'quote' } } })
  const { run } = await tenantOf(api.url)
  const sync = await run('sync', '--json')
  expect(sync.status).toBe(2)
  expect(JSON.parse(sync.stdout)).toMatchObject({
    outcome: 'partial',
    entities: { quotes: { created: 9, failed: 1 } },
  })
})

test('what cannot be added is refused with the reason', async () => {
  const { folder, run } = await tenantOf('http://127.0.0.1:9')
  const add = (args: string[], stdin = key) => runCli(['--data', folder, ...args], { stdin })
  expectWords(await add(adding('North', 'http://127.0.0.1:9')), /"North" is already in use/, /another name/)
  expectWords(await add(adding('South', 'http://commerce.example')), /starts with http/, /https/)
  expectWords(await add(adding('South', 'ftp://commerce.example')), /not an address/, /https:\/\//)
  expectWords(await add(adding('South', 'http://127.0.0.1:9'), ''), /No API key/, /Developer API/)
  expectWords(
    await add([...adding('South', 'http://127.0.0.1:9'), '--halo', 'oracle:x']),
    /sqlite:FILE/,
    /--help/,
  )
  expectWords(await run('sync', '--tenant', 'Nobody'), /no connection called "Nobody"/, /list of connections/)
  expectWords(await run('tenant', 'test', 'Nobody'), /Nobody/)
  expectWords(await run('tenant', 'remove', 'Nobody'), /Nobody/)
  expect(JSON.parse((await run('tenant', 'list', '--json')).stdout)).toHaveLength(1)
  // Machines get the fault as JSON.
  const asJson = await run('sync', '--tenant', 'Nobody', '--json')
  expect(JSON.parse(asJson.stdout)).toMatchObject({ fault: { code: 'tenant-unknown' } })
})

test('a server that is no Commerce, or a wrong key: each is told, and nothing is written', async () => {
  const other = createServer((_, response) =>
    response.setHeader('content-type', 'application/json').end('{"hello":"world"}'),
  )
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void other.close())
  const stranger = `http://127.0.0.1:${(other.address() as AddressInfo).port}`
  const html = await world({ quirks: { htmlAt: 'always' } })
  const cut = await world({ quirks: { truncatedJsonAt: 1 } })
  const real = await world()
  const cases: readonly [url: string, typed: string, code: string, what: RegExp, doNow: RegExp][] = [
    [stranger, key, 'not-commerce', /is not Datto Commerce/, /Check both addresses/],
    [html.url, key, 'not-json', /web page instead of data/, /login page/],
    [cut.url, key, 'json-broken', /cut off or damaged/, /proxy or firewall/],
    [real.url, 'another-key-entirely', 'key-refused', /refused the API key/, /Developer API/],
    ['http://127.0.0.1:9', key, 'connection-refused', /accepts no connection on port 9/, /firewall/],
  ]
  for (const [url, typed, code, what, doNow] of cases) {
    const { run, halo } = await tenantOf(url, typed)
    const sync = await run('sync', '--json')
    expectWords(sync, what, doNow)
    expect(JSON.parse(sync.stdout)).toMatchObject({ outcome: 'stopped', fault: { code } })
    expect(dumpFile(halo)).not.toContain('QO10')
  }
})

test('one data folder, one owner: a running service is named with its process', async () => {
  const api = await world()
  const { folder, run } = await tenantOf(api.url)
  const service = await startCli(['--data', folder, 'serve', '--port', '0', '--json'])
  try {
    const { address } = JSON.parse(service.firstLine)
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\//)
    expectWords(
      await run('sync'),
      new RegExp(`in use by another copy.*process ${service.pid}`),
      /stop it first/,
    )
    // Looking is free.
    expect(await run('tenant', 'list')).toMatchObject({ status: 0, stdout: expect.stringContaining('North') })
    expect((await run('requests')).status).toBe(0)
    const port = new URL(address).port
    const second = await runCli(['--data', tempFolder(), 'serve', '--port', port])
    expectWords(second, new RegExp(`port ${port} .*already taken`), /another port/)
    expectWords(await runCli(['sample-api', '--port', port]), /already taken/, /another port/)
  } finally {
    await service.stop()
  }
  expect((await run('sync')).status).toBe(0)
})

test('a data folder that cannot be used leaves everything as it was', async () => {
  const folder = tempFolder()
  const file = join(folder, 'a-file')
  writeFileSync(file, 'not a folder')
  expectWords(await runCli(['--data', file, 'sync']), /cannot be written/, /another data folder/)
  expectWords(await runCli(['--data', join(file, 'below'), 'sync']), /cannot be written|does not exist/)
  expect(readFileSync(file, 'utf8')).toBe('not a folder')
  const absent = join(folder, 'absent')
  expect(await runCli(['--data', absent, 'tenant', 'list'])).toMatchObject({ status: 0 })
  expectWords(await runCli(['--data', absent, 'requests']), /does not exist/)
  expect(existsSync(absent)).toBe(false)
})

test('a store of a newer program, or a damaged one, is left untouched', async () => {
  const newer = join(tempFolder(), 'newer')
  mkdirSync(newer)
  const sql = new Database(join(newer, 'store.db'))
  sql.exec('CREATE TABLE of_the_future (a); PRAGMA user_version = 999')
  sql.close()
  const before = readFileSync(join(newer, 'store.db'))
  expectWords(
    await runCli(['--data', newer, 'sync']),
    /newer version of this program/,
    /Install the newer version/,
  )
  expectWords(await runCli(['--data', newer, 'tenant', 'list']), /newer version of this program/)
  expect(readFileSync(join(newer, 'store.db')).equals(before)).toBe(true)

  const damaged = join(tempFolder(), 'damaged')
  mkdirSync(damaged)
  writeFileSync(
    join(damaged, 'store.db'),
    'This is no database, and long enough to be taken for one. '.repeat(200),
  )
  expectWords(await runCli(['--data', damaged, 'sync']), /are damaged/, /last backup/)
  expect(readFileSync(join(damaged, 'store.db'), 'utf8')).toMatch(/^This is no database/)
})

test('a Halo that is locked, damaged or out of reach stops the run, and the next one writes all of it', async () => {
  const api = await world()
  const { folder, run, halo } = await tenantOf(api.url)
  const other = new Database(halo)
  other.exec('BEGIN EXCLUSIVE')
  expectWords(await run('sync'), /in use by another program/, /tried again by itself/)
  other.exec('ROLLBACK')
  other.close()
  expect((await run('sync', '--json')).status).toBe(0)
  expect(dumpFile(halo)).toContain('QO10')

  const junk = join(folder, 'junk.db')
  writeFileSync(junk, 'Not a database at all, but of some length. '.repeat(200))
  const elsewhere = async (name: string, file: string) => {
    const args = [...adding(name, api.url), '--halo', `sqlite:${file}`]
    expect((await runCli(['--data', folder, ...args], { stdin: key })).status).toBe(0)
    return run('sync', '--tenant', name)
  }
  expectWords(await elsewhere('Damaged', junk), /damaged/, /backup/)
  expectWords(
    await elsewhere('Missing', join(folder, 'no', 'such', 'halo.db')),
    /could not be reached|cannot be opened/,
    /folder exists/,
  )
})
