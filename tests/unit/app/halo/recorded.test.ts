import { describe, expect, it } from 'vitest'
import type { Destination, WriteOutcome } from '../../../../app/halo/destination.ts'
import { faultRecorder } from '../../../../app/halo/recorded.ts'
import type { ExchangeDraft } from '../../../../app/model/exchange.ts'
import { fail, fault, ok } from '../../../../app/model/fault.ts'
import type { HaloTarget } from '../../../../app/model/halo-target.ts'

const mssql: HaloTarget = {
  kind: 'mssql',
  server: 'SQL01\\HALO,1433',
  database: 'HaloPSA',
  login: { kind: 'sql', user: 'halo_sync' },
  certificate: { kind: 'trusted' },
}

function stage(target: HaloTarget = mssql) {
  const saved: ExchangeDraft[] = []
  const recorder = faultRecorder({
    sink: { save: (draft) => saved.push(draft) + 40 },
    clock: { now: () => Date.UTC(2026, 4, 10, 12) },
    target,
    secrets: ['planted-password'],
    ...{ purpose: 'sync', tenantId: 2, runId: 3 },
  })
  return { saved, recorder }
}

const outcome = (commerceId: number, more: Partial<WriteOutcome> = {}): WriteOutcome => ({
  ...{ commerceId, kind: 'created', haloId: 1, fault: null, notes: [], changes: [] },
  ...more,
})
const tooLong = fault('halo-value-too-long', {
  facts: { column: 'QHtitle' },
  raw: 'String or binary data would be truncated (login planted-password)',
})

describe('the trouble of a database', () => {
  it('is recorded as an exchange, without secrets, and the fault points to it', () => {
    const { saved, recorder } = stage()
    const found = fault('halo-login', { raw: 'Login failed, planted-password', facts: { user: 'halo_sync' } })
    expect(recorder.note(found, 'connection')).toEqual({ ...found, exchangeId: 41 })
    expect(saved).toMatchObject([
      {
        method: 'SQL',
        url: 'sql://SQL01.HALO:1433/HaloPSA/connection',
        host: 'halo',
        status: 0,
        faultCode: 'halo-login',
        faultFacts: { user: 'halo_sync' },
        tenantId: 2,
        runId: 3,
        requestBody: null,
      },
    ])
    expect(JSON.stringify(saved)).not.toContain('planted-password')
  })

  it('shows the record that was refused, and leaves the others alone', async () => {
    const { saved, recorder } = stage()
    const inner = {
      write: async () => ok([outcome(7), outcome(8, { kind: 'failed', haloId: null, fault: tooLong })]),
    } as unknown as Destination
    const batch = [{ record: { commerceId: 7 } }, { record: { commerceId: 8, title: 'A long one' } }]
    const written = await recorder.destination(inner).write('quotes', batch as never, {} as never)
    expect(written).toMatchObject({ value: [{ fault: null }, { fault: { exchangeId: 41 } }] })
    expect(saved).toHaveLength(1)
    expect(saved[0]?.requestBody?.text).toBe('{"commerceId":8,"title":"A long one"}')
  })

  it('is recorded when the whole batch or the probe fails', async () => {
    const { saved, recorder } = stage()
    const inner = {
      write: async () => fail(fault('halo-deadlock')),
      probe: async () => fail(fault('halo-rights')),
      owner: async () => ok({ haloTenantId: 1 }),
    } as unknown as Destination
    const destination = recorder.destination(inner)
    expect(await destination.write('quotes', [], {} as never)).toMatchObject({ fault: { exchangeId: 41 } })
    expect(await destination.probe()).toMatchObject({ fault: { exchangeId: 42 } })
    expect(await destination.owner('https://x.example')).toEqual(ok({ haloTenantId: 1 }))
    expect(saved.map(({ url }) => url)).toEqual([
      'sql://SQL01.HALO:1433/HaloPSA/quotes',
      'sql://SQL01.HALO:1433/HaloPSA/schema',
    ])
  })

  it('is not recorded twice, nor for a Halo behind HTTP, nor for another side', () => {
    const { saved, recorder } = stage()
    const seen = { ...tooLong, exchangeId: 5 }
    expect(recorder.note(seen, 'quotes')).toBe(seen)
    const ours = fault('disk-full')
    expect(recorder.note(ours, 'quotes')).toBe(ours)
    const rest = stage({ kind: 'rest' } as unknown as HaloTarget)
    expect(rest.recorder.note(tooLong, 'quotes')).toBe(tooLong)
    expect([...saved, ...rest.saved]).toEqual([])
  })
})
