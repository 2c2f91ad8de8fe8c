import { describe, expect, it } from 'vitest'
import type { Destination } from '../../../app/halo/destination.ts'
import { fail, fault, ok, type Result } from '../../../app/model/fault.ts'
import type { Tenant } from '../../../app/model/tenant.ts'
import { createHaloKeeper } from '../../../main/halo-keeper.ts'
import { must, tempStore } from '../app/store/temp-store.ts'

/** Counts what is opened and closed. */
function counting(answer: (nth: number) => Result<null> = () => ok(null)) {
  const seen = { opened: 0, closed: 0 }
  const open = async (): Promise<Result<Destination>> => {
    seen.opened += 1
    const answered = answer(seen.opened)
    if (!answered.ok) return answered
    const close = async (): Promise<void> => {
      seen.closed += 1
    }
    return ok({ close } as unknown as Destination)
  }
  return { seen, keeper: createHaloKeeper(open) }
}

const tenantWith = (name: string): Tenant =>
  must(tempStore().store.tenants.add({ name, instanceUrl: 'https://north.example' }))

describe('a kept Halo', () => {
  it('serves many questions with one opening, and is closed at the end', async () => {
    const { seen, keeper } = counting()
    const tenant = tenantWith('North')
    await Promise.all([1, 2, 3].map(() => keeper.use(tenant, async () => ok(null))))
    await keeper.use(tenant, async () => ok(null))
    expect(seen).toEqual({ opened: 1, closed: 0 })
    await keeper.close()
    expect(seen).toEqual({ opened: 1, closed: 1 })
  })

  it('is closed only when what works on it has ended, also what it is being opened for', async () => {
    const { seen, keeper } = counting()
    const ends: string[] = []
    const used = keeper.use(tenantWith('North'), async () => {
      await new Promise((resolve) => setImmediate(resolve))
      ends.push(`closed ${seen.closed}`)
      return ok(null)
    })
    await keeper.close()
    ends.push('end')
    await used
    expect(ends).toEqual(['closed 0', 'end'])
    expect(seen).toEqual({ opened: 1, closed: 1 })
  })

  it('is another one after the tenant got another target', async () => {
    const { seen, keeper } = counting()
    const tenant = tenantWith('North')
    await keeper.use(tenant, async () => ok(null))
    await keeper.use({ ...tenant, halo: { kind: 'sqlite', file: 'other.db' } }, async () => ok(null))
    expect(seen.opened).toBe(2)
    await keeper.close()
    expect(seen.closed).toBe(2)
  })

  it('is opened anew after trouble with it, and the broken one is closed', async () => {
    const { seen, keeper } = counting()
    const tenant = tenantWith('North')
    const lost = await keeper.use(tenant, async () => fail(fault('halo-unreachable')))
    expect(lost).toMatchObject({ fault: { code: 'halo-unreachable' } })
    expect(seen).toEqual({ opened: 1, closed: 1 })
    await keeper.use(tenant, async () => ok(null))
    expect(seen.opened).toBe(2)
    await keeper.close()
  })

  it('that could not be opened is tried again at the next question', async () => {
    const { seen, keeper } = counting((nth) => (nth === 1 ? fail(fault('dns-failed')) : ok(null)))
    const tenant = tenantWith('North')
    expect(await keeper.use(tenant, async () => ok(1))).toMatchObject({ fault: { code: 'dns-failed' } })
    expect(await keeper.use(tenant, async () => ok(1))).toEqual(ok(1))
    expect(seen.opened).toBe(2)
    await keeper.close()
  })

  it('goes on after trouble that is the question’s own', async () => {
    const { seen, keeper } = counting()
    const tenant = tenantWith('North')
    await keeper.use(tenant, async () => fail(fault('name-taken')))
    await keeper.use(tenant, async () => ok(null))
    expect(seen).toEqual({ opened: 1, closed: 0 })
    await keeper.close()
  })
})
