import { afterEach, describe, expect, it } from 'vitest'
import type { HttpCall, HttpClient } from '../../../../app/http/types.ts'
import type { Exchange } from '../../../../app/model/exchange.ts'
import { fail, fault, ok } from '../../../../app/model/fault.ts'
import { sendAgain } from '../../../../main/inspector/replay.ts'
import { anExchange } from '../../app/model/explain/an-exchange.ts'
import { tempStore } from '../../app/store/temp-store.ts'

const sent: HttpCall[] = []
afterEach(() => {
  sent.length = 0
})

async function again(more: Partial<Exchange>, answer: Awaited<ReturnType<HttpClient['send']>> = good) {
  const { store } = tempStore()
  const added = store.tenants.add({
    name: 'T',
    instanceUrl: 'https://t.mydattocommerce.com',
    apiUrl: 'https://api.kaseyaquotemanager.com',
    reserve: 0.2,
  })
  if (!added.ok) throw new Error(added.fault.code)
  const http: HttpClient = {
    send: async (call) => {
      sent.push(call)
      return answer
    },
    close: async () => undefined,
  }
  const tenants = { keyOf: () => ok('the-key'), budgetKeyOf: () => 'hash' }
  const result = await sendAgain({ store, http, tenants }, anExchange({ tenantId: added.value.id, ...more }))
  return { result, audit: store.audit.list(null, 0, 10).map(({ what }) => what) }
}
const good = ok({ status: 200, headers: {}, body: '[]', exchangeId: 9 })

describe('sending a request again', () => {
  it('sends a read request with the key of today, from the share kept for people, once', async () => {
    const { result, audit } = await again({
      url: 'https://api.kaseyaquotemanager.com/v1/quote?page=2&apiKey=••• redacted&quoteNumber=A%20b',
    })
    expect(result).toEqual(ok({ exchangeId: 9 }))
    expect(audit).toContain('exchange.send')
    expect(sent).toEqual([
      expect.objectContaining({
        method: 'GET',
        url: 'https://api.kaseyaquotemanager.com/v1/quote?page=2&quoteNumber=A+b',
        headers: { accept: 'application/json', apiKey: 'the-key' },
        purpose: 'replay',
        runId: null,
        maxAttempts: 1,
        secrets: ['the-key'],
        budget: { key: 'hash', limits: expect.objectContaining({ reserve: 0 }) },
      }),
    ])
  })

  it('shows a refusal as the exchange that it is', async () => {
    const refused = fail(fault('key-refused', { exchangeId: 12 }))
    expect((await again({}, refused)).result).toEqual(ok({ exchangeId: 12 }))
    const unsent = fail(fault('day-limit'))
    expect((await again({}, unsent)).result).toEqual(unsent)
  })

  it.each<[string, Partial<Exchange>]>([
    ['a write', { method: 'POST' }],
    ['Halo', { host: 'halo' }],
    ['another server', { url: 'https://elsewhere.example/v1/quote' }],
    ['another port', { url: 'https://api.kaseyaquotemanager.com:444/v1/quote' }],
    ['a login in the address', { url: 'https://a:b@api.kaseyaquotemanager.com/v1/quote' }],
    ['no address', { url: '••• redacted' }],
  ])('refuses %s', async (_, more) => {
    expect((await again(more)).result).toMatchObject({ ok: false, fault: { code: 'input-invalid' } })
    expect(sent).toEqual([])
  })

  it('knows the tenant or refuses', async () => {
    expect((await again({ tenantId: 99 })).result).toMatchObject({ fault: { code: 'tenant-unknown' } })
    expect((await again({ tenantId: null })).result).toMatchObject({ fault: { code: 'tenant-unknown' } })
  })
})
