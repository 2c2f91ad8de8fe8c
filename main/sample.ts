import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { type SampleApi, startSampleApi } from '../app/commerce/sample-api/index.ts'
import { type Fault, fail, fault, ok, type Result } from '../app/model/fault.ts'
import type { NewTenant } from '../app/model/tenant.ts'
import type { Store } from '../app/store/open.ts'
import { guarded } from '../app/store/sqlite-fault.ts'
import type { TenantControl } from './tenants.ts'

export type Sample = {
  /** The tenant of the invented records, added (switched off, so that nothing is written yet) when it is not there. Fault port-in-use. */
  addSample(): Promise<Result<{ readonly id: number }>>
  tenantId(): number | null
  /** input-invalid for a change that would send the invented records anywhere but into a file; null for every other. */
  refusal(id: number, patch: Partial<NewTenant>): Fault | null
  /** Brings the invented Commerce in line with its tenant: starts it where there is one, else stops it and deletes its Halo file. */
  follow(): Promise<Result<null>>
  stop(): Promise<void>
}

type SampleParts = {
  readonly store: Store
  readonly control: Pick<TenantControl, 'add' | 'update'>
  readonly folder: string
}

const keptAs = 'sample'
const keptSchema = z.object({ tenantId: z.int(), port: z.int() })
const haloFile = 'sample-halo.db'
// Nobody's limits are protected here, and a first look should not take minutes.
const limits = { requestsPerMinute: 100_000, requestsPerDay: 10_000_000 }
const size = { customers: 40, products: 80, quotes: 90, orders: 40 }
const somethingHappensEveryMs = 60_000

/** "Try with sample data": an invented Commerce inside this program, on 127.0.0.1 alone, and a tenant that reads it into a Halo file of its own. */
export function createSample({ store, control, folder }: SampleParts): Sample {
  let running: SampleApi | null = null
  const kept = () => store.settings.get(keptAs, keptSchema)
  const tenantId = (): number | null => {
    const id = kept()?.tenantId
    return id !== undefined && store.tenants.get(id) ? id : null
  }
  const start = async (port: number): Promise<Result<SampleApi>> => {
    try {
      const lively = { hasActivity: true, activityEveryMs: somethingHappensEveryMs }
      running ??= await startSampleApi({ ...limits, ...size, ...lively, port })
      return ok(running)
    } catch (error) {
      // Somebody else has the port of last time: any other will do, and the tenant is told.
      if (port !== 0) return start(0)
      return fail(fault('port-in-use', { raw: String(error) }))
    }
  }
  const stop = async (): Promise<void> => {
    const stopping = running
    running = null
    await stopping?.stop()
  }
  const forget = async (): Promise<Result<null>> => {
    if (kept() === null) return ok(null)
    await stop()
    store.settings.remove(keptAs)
    const file = join(folder, haloFile)
    return guarded(file, () => {
      for (const ending of ['', '-wal', '-shm']) rmSync(file + ending, { force: true })
      return null
    })
  }
  const remember = (id: number, api: SampleApi): void =>
    store.settings.set(keptAs, { tenantId: id, port: Number(new URL(api.url).port) })
  const add: Sample['addSample'] = async () => {
    const known = tenantId()
    if (known !== null) return ok({ id: known })
    const api = await start(0)
    if (!api.ok) return api
    const added = control.add(
      {
        name: freeName(store),
        instanceUrl: 'https://sample.mydattocommerce.com',
        apiUrl: api.value.url,
        isEnabled: false,
        // The invented records lie in the past; a real tenant begins with what changes after it was added.
        syncFrom: '2000-01-01T00:00:00.000Z',
        halo: { kind: 'sqlite', file: join(folder, haloFile) },
        schedule: { kind: 'every', minutes: 5, between: null, zone: 'UTC' },
        ...limits,
      },
      api.value.key,
      'person',
    )
    if (added.ok) remember(added.value.id, api.value)
    else await stop()
    return added.ok ? ok({ id: added.value.id }) : added
  }
  const follow: Sample['follow'] = async () => {
    const id = tenantId()
    if (id === null) return forget()
    const api = await start(kept()?.port ?? 0)
    if (!api.ok) return api
    if (store.tenants.get(id)?.apiUrl === api.value.url) return ok(null)
    remember(id, api.value)
    const told = control.update(id, { apiUrl: api.value.url }, 'program')
    return told.ok ? ok(null) : told
  }
  // One after the other: two at once would start two.
  let turn: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = turn.then(work)
    turn = done.catch(() => undefined)
    return done
  }
  const refusal: Sample['refusal'] = (id, { halo }) => {
    if (id !== tenantId() || halo === undefined || halo.kind === 'sqlite') return null
    const problem = 'The invented records go into a file of this program alone.'
    return fault('input-invalid', { facts: { field: 'halo', problem } })
  }
  return {
    tenantId,
    refusal,
    addSample: () => inTurn(add),
    follow: () => inTurn(follow),
    stop: () => inTurn(stop),
  }
}

/** Names are taken once; whoever renamed a tenant so keeps it. */
function freeName(store: Store): string {
  const name = 'Sample (invented data)'
  const names = [name, ...Array.from({ length: 99 }, (_, index) => `${name} ${index + 2}`)]
  return names.find((each) => store.tenants.byName(each) === null) ?? name
}
