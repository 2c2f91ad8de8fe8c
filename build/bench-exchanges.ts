import type { ExchangeDraft } from '../app/model/exchange.ts'

/** Invented exchanges in the shares that a busy year brings: mostly pages of records, some writes, one in twenty failed. Oldest first, one every three seconds. */
export function* inventExchanges(count: number, endMs: number): Generator<ExchangeDraft> {
  for (let at = 0; at < count; at++) {
    const startedAt = new Date(endMs - (count - at) * 3_000).toISOString()
    const kind = at % 20
    if (kind === 7) yield { ...base(at), ...failed(at), startedAt }
    else if (kind % 4 === 1) yield { ...base(at), ...written(at), startedAt }
    else yield { ...base(at), startedAt }
  }
}

const lists = ['quote', 'quotesection', 'quoteline', 'customer', 'product', 'salesorder']

function base(at: number): ExchangeDraft {
  const list = lists[at % lists.length] ?? 'quote'
  const records = Array.from({ length: at % 10 === 0 ? 100 : 12 }, (_, n) => ({
    id: at * 100 + n,
    title: `Invented ${list} ${(at * 7919 + n) % 10_007}`,
    customerID: n * 3,
    price: ((at * 31 + n * 17) % 100_000) / 100,
    createdDate: '2026-03-01T10:00:00',
  }))
  const text = JSON.stringify(records)
  return {
    callId: `call-${at}`,
    attempt: 1,
    tenantId: 1 + (at % 5),
    runId: 1 + Math.floor(at / 200),
    host: 'commerce',
    purpose: 'sync',
    method: 'GET',
    url: `https://api.kaseyaquotemanager.com/v1/${list}?page=${1 + (at % 40)}&pageSize=100`,
    requestHeaders: [['apiKey', '••• redacted']],
    requestBody: null,
    status: 200,
    responseHeaders: [['content-type', 'application/json']],
    responseBody: { text, bytes: text.length, isCut: false },
    faultCode: null,
    errorText: null,
    startedAt: '',
    timing: {
      ...{ queueMs: 0, dnsMs: null, connectMs: null, tlsMs: null, waitMs: 80 + (at % 90), receiveMs: 4 },
      totalMs: 100 + ((at * 37) % 3_000),
    },
    connection: { remote: '192.0.2.1 443', proxy: null, tls: null },
    waitMs: null,
  }
}

function written(at: number): Partial<ExchangeDraft> {
  const request = JSON.stringify([
    { datto_commerce_id: at, title: `Invented ${at % 10_007}`, client_id: at % 90 },
  ])
  const answer = JSON.stringify({ id: at, title: `Invented ${at % 10_007}` })
  return {
    host: 'halo',
    method: 'POST',
    url: 'https://halo.example/api/quotation',
    status: 201,
    requestBody: { text: request, bytes: request.length, isCut: false },
    responseBody: { text: answer, bytes: answer.length, isCut: false },
  }
}

function failed(at: number): Partial<ExchangeDraft> {
  const words = ['Site', 'Client', 'Item'][at % 3] ?? 'Site'
  const text = JSON.stringify({
    ClassName: 'System.Exception',
    Message: `The field ${words} is mandatory (${at})`,
  })
  return {
    ...written(at),
    status: 400,
    faultCode: 'bad-request',
    errorText: text,
    responseBody: { text, bytes: text.length, isCut: false },
  }
}
