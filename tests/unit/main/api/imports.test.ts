import { existsSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fail, fault } from '../../../../app/model/fault.ts'
import { openBook } from '../../../../app/sheets/open.ts'
import { download } from '../../../../main/api/downloads.ts'
import { apiRouter } from '../../../../main/api/router.ts'
import { createImportWizard } from '../../../../main/import-wizard.ts'
import { must, tempStore } from '../../app/store/temp-store.ts'
import { testPort } from './engine-port.ts'

const sheet = [
  'Company,Contact e-mail,City,Notes about it',
  'Northwind Ltd,ada@northwind.example,Bristol,old',
  'Contoso,not an address,Leeds,new',
  ',grace@fabrikam.example,Leeds,',
  'Northwind Ltd,bob@northwind.example,Bath,',
].join('\n')

function setUp() {
  const { store } = tempStore()
  const engine = testPort(store)
  const { id: tenantId } = must(
    store.tenants.add({ name: 'North', instanceUrl: 'https://north.mydattocommerce.com' }),
  )
  return { store, engine, tenantId, api: apiRouter.createCaller({ engine }) }
}
type Api = ReturnType<typeof setUp>['api']

async function send(api: Api, text: string, name = 'old customers.csv'): Promise<string> {
  const { upload } = must(await api.imports.beginUpload({ name }))
  const bytes = Buffer.from(text)
  for (let offset = 0; offset < bytes.length; offset += 50) {
    const data = bytes.subarray(offset, offset + 50).toString('base64')
    must(await api.imports.addPiece({ upload, offset, data }))
  }
  return upload
}

async function staged(text = sheet) {
  const made = setUp()
  const source = { upload: await send(made.api, text) }
  const request = { source, tenantId: made.tenantId, entity: 'customers' as const }
  const { id } = must(await made.api.imports.stage(request))
  return { ...made, request, id }
}
const decisionOf = async (api: Api, id: string) => {
  const decision = (await api.imports.get({ id }))?.decision
  if (!decision) throw new Error('There is no decision.')
  return decision
}

describe('a file for an import', () => {
  it('comes piece by piece, in order, and is looked at before anything is kept', async () => {
    const { api, tenantId } = setUp()
    const upload = await send(api, sheet, '../..\\old: customers.csv')
    expect(await api.imports.addPiece({ upload, offset: 5, data: 'AAAA' })).toMatchObject({
      ok: false,
      fault: { code: 'input-invalid' },
    })
    const look = must(await api.imports.look({ source: { upload }, tenantId, entity: 'customers' }))
    expect(look).toMatchObject({ kind: 'csv', headerRow: 1, text: { encoding: 'utf-8', separator: ',' } })
    expect(look.columns.map((one) => one.heading)).toEqual([
      'Company',
      'Contact e-mail',
      'City',
      'Notes about it',
    ])
    expect(await api.imports.list()).toEqual([])
  })

  it('may lie on this computer, under its whole path', async () => {
    const { api, store, tenantId } = setUp()
    const path = join(store.folder, 'here.csv')
    writeFileSync(path, sheet)
    const request = { tenantId, entity: 'customers' as const }
    expect(must(await api.imports.look({ ...request, source: { path: `"${path}"` } })).headerRow).toBe(1)
    expect(await api.imports.look({ ...request, source: { path: 'here.csv' } })).toMatchObject({ ok: false })
    expect(await api.imports.look({ ...request, source: { path: `${path}.gone` } })).toMatchObject({
      ok: false,
      fault: { code: 'sheet-missing' },
    })
  })

  it.each(['../../../etc/passwd', '2026-05-10-customers/../x', 'C:/x.db'])(
    'is never reached by the id %s',
    async (id) => {
      const { api } = setUp()
      await expect(api.imports.get({ id })).rejects.toThrow()
    },
  )
})

describe('an import over the API', () => {
  it('begins with the sure columns, and remembers what a person matched', async () => {
    const { api, id, request } = await staged()
    const view = await api.imports.get({ id })
    expect(view).toMatchObject({ state: 'draft', rows: 4, fileName: 'old customers.csv', isChecked: false })
    expect(view?.decision?.columns).toEqual({ name: 0, contactEmail: 1, city: 2 })
    const decision = await decisionOf(api, id)
    must(
      await api.imports.decide({
        id,
        decision: { ...decision, columns: { ...decision.columns, country: 3 } },
      }),
    )
    const again = must(await api.imports.look(request))
    expect(again.matches.find((one) => one.field === 'country')).toMatchObject({
      column: 3,
      reason: 'remembered',
    })
    expect(await api.imports.decide({ id, decision: { ...decision, columns: { cost: 1 } } })).toMatchObject({
      ok: false,
    })
  })

  it('is checked, corrected cell by cell or all at once, and every step can be taken back', async () => {
    const { api, id } = await staged()
    expect(must(await api.imports.check({ id }))).toEqual({
      records: 4,
      good: 1,
      withErrors: 3,
      withWarnings: 0,
    })
    const groups = await api.imports.problems({ id })
    expect(groups.map(({ code, rows }) => [code, rows])).toEqual([
      ['mandatory', 1],
      ['no-e-mail', 1],
      ['twice-in-file', 1],
    ])
    expect(await api.imports.nextError({ id, row: 3, isBack: false })).toBe(4)
    expect(await api.imports.nextError({ id, row: 3, isBack: true })).toBeNull()
    const only = { code: 'no-e-mail', field: 'contactEmail' }
    const page = await api.imports.rows({ id, window: { offset: 0, limit: 10 }, only })
    expect(page.total).toBe(1)
    expect(page.rows[0]).toMatchObject({
      number: 3,
      problems: [{ code: 'no-e-mail', value: 'not an address' }],
    })

    const fix = { do: 'set' as const, column: 1, value: '' }
    const all = { fix, only, what: 'Emptied' }
    expect(must(await api.imports.fix({ id, change: all }))).toEqual({ rows: 1 })
    expect(must(await api.imports.fix({ id, change: { row: 4, column: 0, value: 'Fabrikam' } }))).toEqual({
      rows: 1,
    })
    expect(must(await api.imports.check({ id })).good).toBe(3)
    expect(must(await api.imports.fix({ id, change: { leaveOut: 5 } }))).toEqual({ rows: 1 })
    expect(must(await api.imports.check({ id }))).toMatchObject({ records: 3, good: 3 })
    expect(await api.imports.row({ id, row: 5 })).toMatchObject({
      isLeftOut: true,
      cells: ['Northwind Ltd', 'bob@northwind.example', 'Bath'],
    })
    expect(must(await api.imports.fix({ id, change: { takeBack: 5 } }))).toEqual({ rows: 1 })
    expect((await api.imports.row({ id, row: 5 }))?.isLeftOut).toBeUndefined()
    expect(must(await api.imports.undo({ id })).what).toBe('Row 5 taken back')
    expect(must(await api.imports.undo({ id })).what).toBe('Row 5 left out')
    expect((await api.imports.get({ id }))?.lastEdit).toBe('Row 4')
    expect(must(await api.imports.undo({ id })).what).toBe('Row 4')
    expect(must(await api.imports.undo({ id })).what).toBe('Emptied')
    expect(must(await api.imports.undo({ id })).what).toBeNull()
    expect(must(await api.imports.check({ id })).good).toBe(1)
  })

  it('asks what can be read in two ways, and does not begin before it is answered', async () => {
    const made = setUp()
    const source = {
      upload: await send(
        made.api,
        'Quote number,Customer,Quote date,Line name,Quantity,Price\nQ1,A,01/02/2024,x,1,"1,234"\n',
      ),
    }
    const { id } = must(await made.api.imports.stage({ source, tenantId: made.tenantId, entity: 'quotes' }))
    const view = await made.api.imports.get({ id })
    const asked =
      view?.questions.filter((one) => one.example !== null).map((one) => [one.of, one.example]) ?? []
    expect(asked).toContainEqual(['dates', '01/02/2024'])
    expect(asked).toContainEqual(['decimal', '1,234'])
    expect(await made.api.imports.start({ id, kind: 'import-preview' })).toMatchObject({ ok: false })
    const said = Object.fromEntries(
      (view?.questions ?? []).map((one) => [
        one.field,
        one.of === 'dates' ? { dates: 'mdy' as const } : { decimal: '.' as const },
      ]),
    )
    must(await made.api.imports.decide({ id, decision: { ...(await decisionOf(made.api, id)), said } }))
    expect((await made.api.imports.get({ id }))?.questions.every((one) => one.said !== null)).toBe(true)
    must(await made.api.imports.start({ id, kind: 'import-preview' }))
  })

  it('starts a run after a check of its own, and says when a file comes twice', async () => {
    const { api, id, engine, request } = await staged()
    const { runId } = must(await api.imports.start({ id, kind: 'import-preview' }))
    expect(engine.asked).toContain(`startRun ${request.tenantId} import-preview`)
    expect(await api.imports.get({ id })).toMatchObject({
      isChecked: true,
      previewRunId: runId,
      sameFile: [],
    })
    const again = must(await api.imports.look(request))
    expect(again.matches.map((one) => one.reason)).toEqual(['remembered', 'remembered', 'remembered'])
    const made = await api.imports.stage({ ...request, entity: 'products' })
    expect((await api.imports.get({ id: must(made).id }))?.sameFile).toMatchObject([
      { id, fileName: 'old customers.csv' },
    ])
  })

  it('is removed with all that it has', async () => {
    const { api, id, store } = await staged()
    const files = () => readdirSync(join(store.folder, 'imports')).filter((name) => name.startsWith(id))
    expect(files().length).toBeGreaterThan(0)
    must(await api.imports.remove({ id }))
    expect(files()).toEqual([])
    expect(await api.imports.get({ id })).toBeNull()
    expect(await api.imports.remove({ id })).toMatchObject({ ok: false })
  })
})

describe('what nobody needs any more', () => {
  it('goes: imports after 90 days, files that were sent here after two', async () => {
    const { engine, api, id, store } = await staged()
    const uploads = join(store.folder, 'imports', 'uploads')
    const [sent = ''] = readdirSync(uploads)
    engine.imports.prune()
    expect(readdirSync(uploads)).toEqual([sent])
    utimesSync(join(uploads, sent), 0, 0)
    engine.imports.prune()
    expect(readdirSync(uploads)).toEqual([])
    expect(await api.imports.get({ id })).not.toBeNull()
    engine.imports.close()
    const later = createImportWizard({
      ...{ folder: store.folder, store, live: () => [], onChange: () => undefined },
      doer: { who: 'person', account: null },
      clock: { now: () => Date.parse('2026-08-10T00:00:00Z') },
      atHalo: async () => fail(fault('cancelled')),
      startRun: () => fail(fault('already-running')),
    })
    expect(later.list()).toHaveLength(1)
    later.prune()
    expect(later.list()).toEqual([])
    later.close()
  })
})

describe('files of an import to save', () => {
  it('are the templates, and the workbook of what failed', async () => {
    const { engine, id, store } = await staged()
    const template = await download(
      engine,
      new Request('http://x/download/import-template.xlsx?entity=quotes'),
    )
    const file = join(store.folder, 'template.xlsx')
    writeFileSync(file, new Uint8Array(await template.arrayBuffer()))
    const book = must(await openBook(file))
    expect(book.sheets[0]?.name).toBe('Quotes')
    await book.close()
    const failed = await download(engine, new Request(`http://x/download/import-failed.xlsx?id=${id}`))
    expect(failed.headers.get('content-disposition')).toContain('old%20customers%20-%20not%20imported.xlsx')
    expect((await failed.arrayBuffer()).byteLength).toBeGreaterThan(1_000)
    expect(existsSync(join(store.folder, 'imports', 'uploads'))).toBe(true)
    const bad = await download(engine, new Request('http://x/download/import-template.xlsx?entity=costs'))
    expect(bad.status).toBe(400)
  })
})
