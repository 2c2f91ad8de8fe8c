import { describe, expect, onTestFinished, test } from 'vitest'
import type { Made, SheetUndo, UndoOptions } from '../../../../../app/halo/undo.ts'
import type { HaloRecord } from '../../../../../app/model/halo.ts'
import type { Quirks } from '../../../../fake-halo/index.ts'
import { customer, instance } from '../../../../integration/halo/records.ts'
import { must } from '../../store/temp-store.ts'
import { restStage } from './stage.ts'

/** Two imported customers, and what takes them back. */
async function imported(quirks: Partial<Quirks> = {}) {
  const stage = await restStage(quirks)
  onTestFinished(() => stage.close())
  const halo = await stage.open()
  const owner = must(await halo.owner(instance))
  const records = [
    customer(-7, { url: '', name: 'Old Ltd' }),
    customer(-8, { url: '', name: 'Older Ltd', contacts: [] }),
  ]
  const options: UndoOptions = { owner, defaultGroup: null }
  const written = must(
    await halo.write(
      'customers',
      records.map((record) => ({ record, haloId: null })),
      { ...options, mode: 'write', createItemsFromQuotes: false },
    ),
  )
  const made = written.map(
    ({ haloId }, at): Made<HaloRecord['customers']> => ({
      record: records[at] as HaloRecord['customers'],
      haloId: haloId ?? 0,
      beside: [],
    }),
  )
  const undo = halo.sheets?.undo as SheetUndo
  const own = must(await undo.ownValues('customers', made, options))
  const { tables } = stage.fake
  return {
    fake: stage.fake,
    tables,
    made,
    own,
    undo: () => undo.remove('customers', made, { ...options, own }),
  }
}

describe('an undo through the API', () => {
  test('removes a client with its contacts and its site, each by a DELETE of its own', async () => {
    const { fake, tables, undo, made } = await imported()
    expect(must(await undo()).map(({ kind }) => kind)).toEqual(['removed', 'removed'])
    expect([tables.rows.Client.size, tables.rows.Site.size, tables.rows.Users.size]).toEqual([0, 0, 0])
    const removed = fake.asked.filter(({ method }) => method === 'DELETE').map(({ path }) => path)
    expect(removed).toHaveLength(5)
    expect(removed).toContain(`/Client/${made[0]?.haloId}`)
    expect(fake.violations).toEqual([])
  })

  test('removes nothing where the agent may not ask what refers to a record', async () => {
    const { tables, undo } = await imported({ reports: 'forbidden' })
    expect(await undo()).toMatchObject({ ok: false, fault: { code: 'undo-blind', next: 'setup' } })
    expect(tables.rows.Client.size).toBe(2)
  })

  test('leaves a client with a ticket, and one that got another contact', async () => {
    const { tables, undo, made } = await imported()
    tables.rows.Tickets.set(1, { id: 1, client_id: made[0]?.haloId })
    const site = [...tables.rows.Site.values()].find(({ client_id }) => client_id === made[1]?.haloId)
    tables.rows.Users.set(77, { id: 77, name: 'New', site_id: site?.id, client_id: made[1]?.haloId })
    expect(must(await undo())).toMatchObject([
      { kind: 'left', fault: { code: 'undo-related', facts: { by: 'A ticket' } } },
      { kind: 'left', fault: { code: 'undo-changed', facts: { field: 'Contacts' } } },
    ])
    expect(tables.rows.Client.size).toBe(2)
  })

  test('stops at a Halo that lets this agent remove nothing', async () => {
    const { fake, undo, made } = await imported()
    fake.quirks.forbidden = [{ method: 'DELETE', path: `/Client/${made[0]?.haloId}` }]
    expect(await undo()).toMatchObject({ ok: false, fault: { code: 'halo-rights' } })
  })
})
