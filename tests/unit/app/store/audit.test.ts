import { describe, expect, it } from 'vitest'
import { tempStore } from './temp-store.ts'

describe('the audit trail', () => {
  it('tells who changed what, newest first', () => {
    const { store, clock } = tempStore()
    store.audit.add({ who: 'admin', what: 'tenant.add', tenantId: 1, after: { name: 'North' } })
    clock.nowMs += 1000
    store.audit.add({
      who: 'admin',
      what: 'tenant.update',
      tenantId: 1,
      before: { reserve: 0.1 },
      after: { reserve: 0.2 },
    })
    store.audit.add({ who: 'system', what: 'store.prune', tenantId: null })
    expect(store.audit.list(1, 0, 10)).toEqual([
      {
        id: 2,
        at: clock.iso(),
        who: 'admin',
        what: 'tenant.update',
        tenantId: 1,
        before: { reserve: 0.1 },
        after: { reserve: 0.2 },
      },
      {
        id: 1,
        at: '2026-05-10T12:00:00.000Z',
        who: 'admin',
        what: 'tenant.add',
        tenantId: 1,
        before: null,
        after: { name: 'North' },
      },
    ])
    expect(store.audit.list(null, 0, 2).map((row) => row.id)).toEqual([3, 2])
    expect(store.audit.list(null, 2, 2).map((row) => row.id)).toEqual([1])
  })

  it('writes down nothing that is named like a secret', () => {
    const { store } = tempStore()
    const planted = 'planted-secret-value'
    const after = {
      key: planted,
      apiKey: planted,
      nested: { client_secret: planted, proxyPassword: planted, list: [{ accessToken: planted }] },
      keyIn: 'header',
    }
    store.audit.add({ who: 'admin', what: 'key.set', tenantId: 1, before: after, after })
    const stored = JSON.stringify(store.db.prepare('SELECT * FROM audit').all())
    expect(stored).not.toContain(planted)
    expect(store.audit.list(1, 0, 1)[0]?.after).toMatchObject({ keyIn: 'header', apiKey: '(not shown)' })
  })
})
