import { expect, test } from 'vitest'
import { apiRouter } from '../../../main/api/router.ts'
import { createImportDesk } from '../../../main/import-desk.ts'
import { importFileOf } from '../../../main/import-views.ts'
import { must, tempStore } from '../app/store/temp-store.ts'
import { testPort } from './api/engine-port.ts'

/** An import of two customers that stands as if a run had written them. */
async function imported(created: readonly number[]) {
  const { store } = tempStore()
  const engine = testPort(store)
  const { id: tenantId } = must(
    store.tenants.add({ name: 'North', instanceUrl: 'https://north.mydattocommerce.com' }),
  )
  const api = apiRouter.createCaller({ engine })
  const { upload } = must(await api.imports.beginUpload({ name: 'old.csv' }))
  const data = Buffer.from('Name,City\nNorthwind,Bristol\nContoso,Bath\n').toString('base64')
  must(await api.imports.addPiece({ upload, offset: 0, data }))
  const { id } = must(await api.imports.stage({ source: { upload }, tenantId, entity: 'customers' }))
  must(await api.imports.check({ id }))
  const desk = createImportDesk(store.folder, { now: () => Date.parse('2026-05-01T00:00:00Z') })
  const open = must(desk.open(importFileOf(desk.home, id)))
  open.done.add(
    [2, 3].map((row) => {
      const isCreated = created.includes(row)
      return { row, kind: isCreated ? 'created' : 'updated', haloId: row * 10, fault: null }
    }),
  )
  const view = async () => {
    const found = await api.imports.get({ id })
    if (!found) throw new Error('There is no such import.')
    return found
  }
  return { store, engine, api, id, open, view }
}
const asWritten = { own: { same: {}, varying: [] }, mapping: {} as never }

test('an import that has created nothing, or of which nobody knows how it was written, cannot be undone', async () => {
  const none = await imported([])
  expect((await none.view()).undo.obstacle).toBe('It has created nothing in Halo.')
  expect(await none.api.imports.takeBack({ id: none.id })).toMatchObject({ ok: false })
  const old = await imported([2])
  expect((await old.view()).undo.obstacle).toMatch(/older version/)
  expect(await old.api.imports.takeBack({ id: old.id })).toMatchObject({
    fault: { code: 'input-invalid', facts: { problem: expect.stringMatching(/older version/) } },
  })
  old.open.close()
  none.open.close()
})

test('an undo is a run of its own; who began it is noted, and the import is not gone on with any more', async () => {
  const { store, engine, api, id, open, view } = await imported([2, 3])
  open.undone.setAsWritten(asWritten)
  expect(await view()).toMatchObject({
    state: 'done',
    undo: { obstacle: null, last: null, counts: { open: 2 } },
  })
  const { runId } = must(await api.imports.takeBack({ id }))
  expect(engine.asked).toContain(`startRun ${(await view()).tenantId} import-undo`)
  expect(await view()).toMatchObject({
    state: 'half-undone',
    undo: { last: { runId, who: 'person', account: 'ann' } },
  })
  expect(store.audit.list(null, 0, 1)).toMatchObject([
    { who: 'person', what: 'import undone', before: { records: 2 }, after: { run: runId, file: 'old.csv' } },
  ])
  expect(await api.imports.start({ id, kind: 'import' })).toMatchObject({ ok: false })

  open.undone.add([
    { row: 2, kind: 'removed', fault: null },
    { row: 3, kind: 'left', fault: { code: 'undo-related', next: 'stop', side: 'here' } },
  ])
  expect(await view()).toMatchObject({
    ...{ state: 'undone', leftReasons: [{ code: 'undo-related', count: 1 }] },
    undo: { obstacle: null, counts: { created: 2, open: 0, removed: 1, left: 1 } },
  })
  // Begun once more, it is about those that were left.
  must(await api.imports.takeBack({ id }))
  expect((await view()).undo.counts).toEqual({ created: 2, open: 1, removed: 1, gone: 0, left: 0 })
  open.undone.add([{ row: 3, kind: 'gone', fault: null }])
  expect((await view()).undo.obstacle).toBe('It was undone already.')
  open.close()
})
