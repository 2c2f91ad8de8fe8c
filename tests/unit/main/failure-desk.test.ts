import { expect, test } from 'vitest'
import { fail, fault, ok, type Result } from '../../../app/model/fault.ts'
import { firstProgress } from '../../../app/model/outcome.ts'
import { createFailureDesk } from '../../../main/failure-desk.ts'
import type { RunControl } from '../../../main/run-control.ts'
import { tempStore } from '../app/store/temp-store.ts'

function stage() {
  const { store } = tempStore()
  const started: number[] = []
  const busy = new Set<number>()
  const ended = Promise.withResolvers<null>()
  const control: RunControl = {
    start: () => fail(fault('bug')),
    cancel: () => undefined,
    live: () => [...busy].map((tenantId) => firstProgress(tenantId * 10, tenantId)),
    isBusy: () => busy.size > 0,
    ended: () => ended.promise,
    stop: async () => undefined,
  }
  const startRetry = (tenantId: number): Result<{ readonly runId: number }> => {
    if (tenantId === 3) return fail(fault('key-missing'))
    if (busy.has(tenantId)) return fail(fault('already-running'))
    started.push(tenantId)
    return ok({ runId: tenantId * 10 })
  }
  for (const tenantId of [1, 2, 3]) {
    const record = { tenantId, entity: 'quotes', commerceId: 1, label: 'Q1', payload: null } as const
    store.failures.record({ ...record, fault: fault('halo-locked') })
  }
  const desk = createFailureDesk({ store, control, startRetry, onChange: () => undefined })
  const idOf = (tenantId: number): number => store.failures.ofRecord(tenantId, 'quotes', 1)?.id ?? 0
  return { store, desk, started, busy, ended, idOf }
}

test('a retry of a tenant whose run goes on begins when that has ended', async () => {
  const { desk, started, busy, ended, idOf } = stage()
  busy.add(2)
  expect(await desk.retry({ ids: [idOf(1), idOf(2)] })).toEqual(ok({ runIds: [10], later: [2] }))
  expect(started).toEqual([1])
  busy.delete(2)
  ended.resolve(null)
  await ended.promise
  await Promise.resolve()
  expect(started).toEqual([1, 2])
})

test('any other refusal is told', async () => {
  const { desk, idOf } = stage()
  expect(await desk.retry({ ids: [idOf(3)] })).toMatchObject({ ok: false, fault: { code: 'key-missing' } })
})

test('who ignored what and why is in the audit trail, and so is taking it back; nothing done leaves no row', () => {
  const { store, desk, idOf } = stage()
  const which = { ids: [idOf(1)] }
  expect(desk.ignore(which, 'a test')).toEqual(ok({ count: 1 }))
  expect(desk.reopen(which)).toEqual(ok({ count: 1 }))
  expect(desk.reopen(which)).toEqual(ok({ count: 0 }))
  expect(store.audit.list(null, 0, 10).map(({ what, after }) => ({ what, after }))).toEqual([
    { what: 'failed records no longer ignored', after: { count: 1, which } },
    { what: 'failed records ignored', after: { count: 1, reason: 'a test', which } },
  ])
})
