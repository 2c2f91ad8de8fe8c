import { createCommerce } from '../app/commerce/client.ts'
import { climbHalo, haloStepsOf } from '../app/halo/ladder.ts'
import type { HaloMeans } from '../app/halo/open.ts'
import { climb, type Rung } from '../app/http/ladder.ts'
import type { HttpClient } from '../app/http/types.ts'
import { type Fault, ok, type Result } from '../app/model/fault.ts'
import type { HaloTarget } from '../app/model/halo-target.ts'
import type { NetworkSettings } from '../app/model/network.ts'
import type { Clock } from '../app/model/ports.ts'
import type { Tenant } from '../app/model/tenant.ts'
import type { LadderStep } from './api/port.ts'

type TestParts = {
  readonly clock: Clock
  readonly http: HttpClient
  readonly network: NetworkSettings
  readonly proxyPassword: string | null
  readonly resolveProxy?: ((url: string) => Promise<string | null>) | undefined
  readonly budgetKeyOf: (key: string) => string
  /** How the tenant's Halo is opened. */
  readonly halo: HaloMeans
  readonly noteHalo: NoteFault
}

/** Records what a database refused, and answers the fault with where it is found (docs/decisions/114). */
export type NoteFault = (found: Fault, what: string) => Fault

export type Tested = Pick<Tenant, 'apiUrl' | 'keyIn' | 'halo' | 'requestsPerMinute' | 'requestsPerDay'> & {
  /** null for a draft that was not saved yet. */
  readonly id: number | null
}

const order = ['address', 'dns', 'proxy', 'tcp', 'tls', 'key', 'record'] as const

/**
 * Tries a tenant's connections rung by rung: the network to Commerce, the key (one request, from the part of the budget kept for people),
 * one record, Halo and its schema. Commerce and Halo are independent, so trouble with one does not hide the other. Nothing is written.
 */
export async function testConnection(
  parts: TestParts,
  tenant: Tested,
  key: string,
): Promise<readonly LadderStep[]> {
  const { network: settings, proxyPassword, resolveProxy } = parts
  const rungs = await climb(tenant.apiUrl, { settings, proxyPassword, resolveProxy })
  const network = rungs.map(networkStep)
  const commerce = network.some((step) => step.state === 'failed')
    ? []
    : await commerceSteps(parts, tenant, key)
  const found = new Map([...network, ...commerce].map((step) => [step.id, step]))
  const hasTls = tenant.apiUrl.startsWith('https:')
  const steps = order.filter((id) => id !== 'tls' || hasTls).map((id) => found.get(id) ?? skipped(id))
  return [...steps, ...(await testHalo(tenant.halo, parts.halo, parts.noteHalo))]
}

const skipped = (id: LadderStep['id']): LadderStep => ({
  id,
  state: 'skipped',
  found: '',
  fault: null,
  durationMs: 0,
})

function step(id: LadderStep['id'], startedMs: number, nowMs: number, outcome: Result<string>): LadderStep {
  const durationMs = Math.max(0, Math.round(nowMs - startedMs))
  if (outcome.ok) return { id, state: 'passed', found: outcome.value, fault: null, durationMs }
  return { id, state: 'failed', found: '', fault: outcome.fault, durationMs }
}

function networkStep(rung: Rung): LadderStep {
  const { facts } = rung
  const words: Record<Rung['step'], string> = {
    address: `${facts.host}, port ${facts.port}`,
    dns: `${facts.addresses}`,
    proxy: facts.way === 'direct' ? 'no proxy' : `by way of ${facts.way}`,
    tcp: `connected to ${facts.remote}`,
    tls: `${facts.protocol}, signed by ${facts.issuer}, valid until ${facts.validTo}`,
  }
  const base = { id: rung.step, durationMs: rung.durationMs }
  if (rung.fault) return { ...base, state: 'failed', found: '', fault: rung.fault }
  return { ...base, state: 'passed', found: words[rung.step], fault: null }
}

async function commerceSteps(parts: TestParts, tenant: Tested, key: string): Promise<LadderStep[]> {
  const started = parts.clock.now()
  const commerce = createCommerce({
    http: parts.http,
    apiUrl: tenant.apiUrl,
    keyIn: tenant.keyIn,
    key,
    tenantId: tenant.id,
    runId: null,
    purpose: 'test',
    budget: {
      key: parts.budgetKeyOf(key),
      limits: { perMinute: tenant.requestsPerMinute, perDay: tenant.requestsPerDay, reserve: 0 },
    },
  })
  const answer = await commerce.test()
  const now = parts.clock.now()
  if (!answer.ok) {
    const isKey = answer.fault.code === 'key-refused' || answer.fault.code === 'forbidden'
    return [step(isKey ? 'key' : 'record', started, now, answer)]
  }
  const { customer } = answer.value
  const record = customer ? `customer ${customer.id}, ${customer.name}` : 'the instance has no customers yet'
  return [step('key', started, now, ok('accepted')), step('record', now, now, ok(record))]
}

/** Halo's half: the rungs of its kind, those after the first failed one skipped. */
export async function testHalo(
  target: HaloTarget,
  means: HaloMeans,
  note: NoteFault,
): Promise<readonly LadderStep[]> {
  const rungs = new Map((await climbHalo(target, means)).map((rung) => [rung.step, rung]))
  return haloStepsOf(target).map((id) => {
    const rung = rungs.get(id)
    if (!rung) return skipped(id)
    const { step: _, ...rest } = rung
    return rung.fault
      ? { id, state: 'failed', ...rest, fault: note(rung.fault, `test-${id}`) }
      : { id, state: 'passed', ...rest }
  })
}
