import { createRedactor } from '../http/redact.ts'
import type { ExchangePurpose } from '../model/exchange.ts'
import type { Fault, Result } from '../model/fault.ts'
import type { HaloTarget } from '../model/halo-target.ts'
import type { Clock, ExchangeSink } from '../model/ports.ts'
import type { Destination, WriteOutcome } from './destination.ts'

type RecordedParts = {
  readonly sink: ExchangeSink
  readonly clock: Clock
  readonly target: HaloTarget
  /** Exact texts to be masked: the login's password. */
  readonly secrets: readonly string[]
  readonly purpose: ExchangePurpose
  /** null: of a draft that is not saved yet. */
  readonly tenantId: number | null
  readonly runId: number | null
}

/** What a database refuses is no HTTP request, yet a person looks for it in the same place: it is recorded as one, with the method SQL. */
type FaultRecorder = {
  /** Records trouble of a Halo that is a database, and answers the fault with the exchange that shows it. Any other fault comes back as it is. */
  note(found: Fault, what: string, sent?: unknown): Fault
  /** The destination, with every refusal of its database recorded. A Halo behind HTTP records its requests itself. */
  destination(inner: Destination): Destination
}

/** As much of a record as is kept of what was refused. */
const sentLetters = 64_000

export function faultRecorder(parts: RecordedParts): FaultRecorder {
  const note: FaultRecorder['note'] = (found, what, sent) => {
    if (parts.target.kind === 'rest' || found.side !== 'halo' || found.exchangeId !== undefined) return found
    const exchangeId = parts.sink.save(draftOf(parts, found, what, sent))
    return exchangeId === null ? found : { ...found, exchangeId }
  }
  const checked = async <T>(what: string, asked: Promise<Result<T>>): Promise<Result<T>> => {
    const answer = await asked
    return answer.ok ? answer : { ok: false, fault: note(answer.fault, what) }
  }
  const outcomeOf = (
    entity: string,
    records: ReadonlyMap<number, unknown>,
    one: WriteOutcome,
  ): WriteOutcome =>
    one.fault ? { ...one, fault: note(one.fault, entity, records.get(one.commerceId)) } : one
  return {
    note,
    destination: (inner) => ({
      ...inner,
      probe: () => checked('schema', inner.probe()),
      owner: (instanceUrl, mode) => checked('tenant', inner.owner(instanceUrl, mode)),
      write: async (entity, batch, options) => {
        const written = await checked(entity, inner.write(entity, batch, options))
        if (!written.ok || written.value.every(({ fault }) => fault === null)) return written
        const records = new Map(batch.map(({ record }) => [record.commerceId, record]))
        return { ok: true, value: written.value.map((one) => outcomeOf(entity, records, one)) }
      },
    }),
  }
}

function draftOf(parts: RecordedParts, found: Fault, what: string, sent: unknown) {
  const redactor = createRedactor(parts.secrets)
  const body = sent === undefined ? null : redactor.text(JSON.stringify(sent))
  const nothing = { dnsMs: null, connectMs: null, tlsMs: null, waitMs: null, receiveMs: null }
  return {
    callId: crypto.randomUUID(),
    attempt: 1,
    ...({ tenantId: parts.tenantId, runId: parts.runId, host: 'halo', purpose: parts.purpose } as const),
    method: 'SQL',
    url: redactor.url(addressOf(parts.target, what)),
    requestHeaders: [],
    requestBody:
      body === null
        ? null
        : {
            text: body.slice(0, sentLetters),
            bytes: Buffer.byteLength(body),
            isCut: body.length > sentLetters,
          },
    ...{ status: 0, responseHeaders: [], responseBody: null },
    faultCode: found.code,
    errorText: found.raw === undefined ? null : redactor.text(found.raw),
    ...(found.facts ? { faultFacts: found.facts } : {}),
    ...(found.retryAt ? { retryAt: found.retryAt } : {}),
    startedAt: new Date(parts.clock.now()).toISOString(),
    timing: { queueMs: 0, ...nothing, totalMs: 0 },
    connection: null,
    waitMs: null,
  }
}

/** An address that reads like one: the server, the database, what was asked for. */
function addressOf(target: HaloTarget, what: string): string {
  switch (target.kind) {
    case 'sqlite':
      return encodeURI(`sql:///${target.file.replace(/^\//, '')}/${what}`)
    case 'mssql':
      return encodeURI(
        `sql://${target.server.replaceAll('\\', '.').replace(',', ':')}/${target.database}/${what}`,
      )
    case 'postgres':
      return encodeURI(`sql://${target.host}:${target.port}/${target.database}/${what}`)
    case 'rest':
      return target.address
  }
}
