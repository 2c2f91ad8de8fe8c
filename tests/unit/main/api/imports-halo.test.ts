import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { describe, expect, it, vi } from 'vitest'
import { apiRouter } from '../../../../main/api/router.ts'
import { must, tempStore } from '../../app/store/temp-store.ts'
import { testPort } from './engine-port.ts'

const sheet = [
  'Quote number,Customer,Line title,Quantity,Unit price',
  'Q1,Northwnd,Laptop,1,5',
  'Q1,Northwnd,Dock,1,5',
  'Q2,Northwind Ltd,Chair,1,5',
  'Q3,Northwind Ltd,Table,many,5',
].join('\n')

/** An import whose Halo has one client. */
async function asked() {
  const { store } = tempStore()
  const file = join(store.folder, 'halo.db')
  const { id: tenantId } = must(
    store.tenants.add({
      name: 'North',
      instanceUrl: 'https://north.mydattocommerce.com',
      halo: { kind: 'sqlite', file },
    }),
  )
  const engine = testPort(store)
  const api = apiRouter.createCaller({ engine })
  must(await engine.groups.list(tenantId))
  const sql = new Sqlite(file)
  sql.prepare("INSERT INTO AREA (Aarea, aareadesc) VALUES (11, 'Northwind Ltd')").run()
  sql.close()
  const { upload } = must(await api.imports.beginUpload({ name: 'q.csv' }))
  must(await api.imports.addPiece({ upload, offset: 0, data: Buffer.from(sheet).toString('base64') }))
  const { id } = must(await api.imports.stage({ source: { upload }, tenantId, entity: 'quotes' }))
  const answered = async () => {
    await vi.waitFor(async () => {
      expect((await api.imports.get({ id }))?.halo).not.toBeNull()
      expect(await api.imports.busy()).toEqual([])
    })
    return (await api.imports.get({ id }))?.halo
  }
  const codes = async () => (await api.imports.problems({ id })).map(({ code, rows }) => `${code} ${rows}`)
  return { api, engine, store, tenantId, id, file, answered, codes }
}

describe('a checked import', () => {
  it('is asked about by itself, and again only about what was changed', async () => {
    const { api, id, answered, codes } = await asked()
    expect(must(await api.imports.check({ id }))).toMatchObject({ good: 2, withErrors: 1 })
    expect(await answered()).toMatchObject({ state: 'asked' })
    expect(await codes()).toEqual(['unknown-customer 2', 'no-number 1'])
    expect((await api.imports.get({ id }))?.counts).toMatchObject({ good: 1, withErrors: 2 })
    expect((await api.imports.row({ id, row: 3 }))?.problems).toMatchObject([
      { code: 'unknown-customer', near: ['Northwind Ltd'] },
    ])
    const column = (await api.imports.get({ id }))?.decision?.columns.customer ?? -1
    const only = { code: 'unknown-customer', field: 'customer', value: 'Northwnd' }
    const fix = { do: 'replace' as const, column, from: 'Northwnd', to: 'Northwind Ltd' }
    must(await api.imports.fix({ id, change: { fix, only, what: 'Customer' } }))
    await answered()
    expect(await codes()).toEqual(['no-number 1'])
    must(await api.imports.undo({ id }))
    await answered()
    expect(await codes()).toEqual(['unknown-customer 2', 'no-number 1'])
    // Both rows of the quote, though only its name in one of them is wrong.
    must(await api.imports.fix({ id, change: { row: 3, column, value: '' } }))
    await answered()
    expect(await codes()).toEqual(['no-number 1', 'unknown-customer 1'])
    expect(must(await api.imports.fix({ id, change: { leaveOut: only } }))).toEqual({ rows: 2 })
    await answered()
    expect(await codes()).toEqual(['no-number 1', 'left-out 2'])
    expect(await api.imports.get({ id })).toMatchObject({ leftOut: 2, counts: { records: 2, good: 1 } })
  })

  it('stands where Halo does not answer, which is said, and is asked about again on request', async () => {
    const { api, id, answered, codes, store, tenantId, file } = await asked()
    must(
      store.tenants.update(tenantId, {
        halo: { kind: 'sqlite', file: join(store.folder, 'no', 'where', 'x') },
      }),
    )
    must(await api.imports.check({ id }))
    expect(await answered()).toMatchObject({ state: 'no answer', fault: { side: 'halo' } })
    expect(await codes()).toEqual(['no-number 1'])
    must(store.tenants.update(tenantId, { halo: { kind: 'sqlite', file } }))
    must(await api.imports.askHalo({ id }))
    expect(await answered()).toMatchObject({ state: 'asked' })
    expect(await codes()).toEqual(['unknown-customer 2', 'no-number 1'])
  })

  it('may be left unasked by a person who does not want to wait', async () => {
    const { api, id } = await asked()
    const checked = api.imports.check({ id })
    must(await checked)
    await api.imports.stopAsking({ id })
    expect((await api.imports.get({ id }))?.halo).toEqual({ state: 'stopped' })
    expect(await api.imports.busy()).toMatchObject([])
  })

  it('does not begin while a row is wrong, where all or nothing is wanted', async () => {
    const { api, id, answered, engine } = await asked()
    must(await api.imports.check({ id }))
    await answered()
    const decision = (await api.imports.get({ id }))?.decision
    if (!decision) throw new Error('There is no decision.')
    must(await api.imports.decide({ id, decision: { ...decision, isAllOrNothing: true } }))
    // That says nothing of the rows, so they need no new check.
    expect(await api.imports.get({ id })).toMatchObject({ isChecked: true, counts: { withErrors: 2 } })
    expect(await api.imports.start({ id, kind: 'import' })).toMatchObject({
      ok: false,
      fault: { code: 'sheet-not-all-good', facts: { errors: 2, records: 3 } },
    })
    must(await api.imports.start({ id, kind: 'import-preview' }))
    expect(engine.asked.filter((what) => what.startsWith('startRun'))).toHaveLength(1)
    must(await api.imports.fix({ id, change: { leaveOut: 5 } }))
    must(await api.imports.fix({ id, change: { leaveOut: { code: 'unknown-customer', field: 'customer' } } }))
    must(await api.imports.start({ id, kind: 'import' }))
  })
})
