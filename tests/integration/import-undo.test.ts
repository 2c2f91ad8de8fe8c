import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { runCli } from '../../build/program.ts'
import { tempFolder } from './ground.ts'

const customers =
  'Name,Account number,City,E-mail\nNorthwind,N1,Bristol,a@n.example\nContoso,C1,Bath,b@c.example\n'

/** A data folder with a tenant; nothing listens at Commerce's address, since neither an import nor its undo asks it anything. */
async function place() {
  const folder = tempFolder()
  const data = join(folder, 'data')
  const run = (...args: string[]) => runCli(['--data', data, ...args])
  const tenant = [
    '--name',
    'North',
    '--url',
    'https://north.mydattocommerce.com',
    '--api-url',
    'http://127.0.0.1:9',
  ]
  const added = await runCli(['--data', data, 'tenant', 'add', ...tenant, '--api-key-stdin'], {
    stdin: 'key-of-north-5512',
  })
  expect(added).toMatchObject({ status: 0 })
  const importOf = async (entity: string, text: string) => {
    const file = join(folder, `${entity}.csv`)
    writeFileSync(file, text)
    const done = await run('import', file, '--tenant', 'North', '--entity', entity, '--json')
    return JSON.parse(done.stdout) as { counts: Record<string, number> }
  }
  const inHalo = <T>(work: (sql: Database.Database) => T): T => {
    const sql = new Database(join(data, 'halo.db'))
    try {
      return work(sql)
    } finally {
      sql.close()
    }
  }
  const names = () => inHalo((sql) => sql.prepare('SELECT aareadesc FROM AREA ORDER BY 1').pluck().all())
  const audit = (): unknown[] => {
    const sql = new Database(join(data, 'store.db'), { readonly: true })
    try {
      return sql.prepare("SELECT who, what FROM audit WHERE what LIKE 'import%' ORDER BY id").all()
    } finally {
      sql.close()
    }
  }
  return { run, importOf, inHalo, names, audit }
}

test('an import is undone from the command line, but for what somebody has changed; then the file is imported again', async () => {
  const { run, importOf, inHalo, names, audit } = await place()
  expect(await importOf('customers', customers)).toMatchObject({ counts: { created: 2 } })
  const listed = await run('imports', 'list', '--json')
  const { imports } = JSON.parse(listed.stdout) as { imports: { importRunId: number; begun: unknown }[] }
  expect(imports).toMatchObject([{ state: 'done', begun: { who: 'command line' } }])
  const number = String(imports[0]?.importRunId)

  const asked = await run('imports', 'undo', number)
  expect(asked).toMatchObject({ status: 0 })
  expect(asked.stdout).toContain('of 2 created records, up to 2 can be removed from Halo')
  expect(names()).toEqual(['Contoso', 'Northwind'])

  inHalo((sql) => sql.exec("UPDATE AREA SET Aarearef = 'N-100' WHERE aareadesc = 'Northwind'"))
  const undone = await run('imports', 'undo', number, '--yes', '--json')
  expect(undone.status).toBe(2)
  expect(JSON.parse(undone.stdout)).toEqual({
    ...{ outcome: 'done', removed: 1, gone: 0, left: 1 },
    reasons: [{ code: 'undo-changed', count: 1 }],
  })
  expect(names()).toEqual(['Northwind'])
  expect((await run('imports', 'list')).stdout).toMatch(
    /customers\.csv {2}customers {2}command line.* {2}undone/,
  )
  expect(audit()).toEqual([
    { who: 'command line', what: 'import begun' },
    { who: 'command line', what: 'import undone' },
  ])

  // Left to itself again, it can be taken back after all.
  inHalo((sql) => sql.exec("UPDATE AREA SET Aarearef = 'N1' WHERE aareadesc = 'Northwind'"))
  expect(JSON.parse((await run('imports', 'undo', number, '--yes', '--json')).stdout)).toMatchObject({
    ...{ removed: 2, left: 0 },
  })
  expect(names()).toEqual([])
  const again = await run('imports', 'undo', number, '--yes')
  expect(again).toMatchObject({ status: 1 })
  expect(again.stderr).toContain('It was undone already')

  expect(await importOf('customers', customers)).toMatchObject({ counts: { created: 2 } })
  expect(names()).toEqual(['Contoso', 'Northwind'])
})
