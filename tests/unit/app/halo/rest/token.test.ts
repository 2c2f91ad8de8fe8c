import { afterEach, describe, expect, it } from 'vitest'
import type { Fault } from '../../../../../app/model/fault.ts'
import type { Quirks } from '../../../../fake-halo/index.ts'
import { type RestStage, restStage } from './stage.ts'

const stages: RestStage[] = []
afterEach(async () => {
  for (const stage of stages.splice(0)) await stage.close()
})

async function staged(quirks: Partial<Quirks> = {}): Promise<RestStage> {
  const stage = await restStage(quirks)
  stages.push(stage)
  return stage
}

/** What a first question comes to. */
async function troubleOf(stage: RestStage, more: Partial<RestStage['options']> = {}): Promise<Fault | null> {
  const answer = await stage.api({ ...stage.options, ...more }).get('/Tax')
  return answer.ok ? null : answer.fault
}

describe('a token', () => {
  it('is asked for once, however many calls wait for it', async () => {
    const stage = await staged()
    const api = stage.api()
    const answers = await Promise.all(Array.from({ length: 10 }, () => api.get('/Tax')))
    expect(answers.every((answer) => answer.ok)).toBe(true)
    expect(stage.fake.logins).toHaveLength(1)
  })

  it('is renewed before it ends', async () => {
    const stage = await staged({ tokenSeconds: 600 })
    const api = stage.api()
    await api.get('/Tax')
    stage.clock.set(stage.clock.now() + 470_000)
    await api.get('/Tax')
    expect(stage.fake.logins).toHaveLength(1)
    stage.clock.set(stage.clock.now() + 20_000)
    await api.get('/Tax')
    expect(stage.fake.logins).toHaveLength(2)
  })

  it('that Halo takes back is replaced once, and the call goes through', async () => {
    const stage = await staged()
    const api = stage.api()
    await api.get('/Tax')
    stage.fake.revoke()
    expect((await api.get('/Tax')).ok).toBe(true)
    expect(stage.fake.logins).toHaveLength(2)
    stage.fake.quirks.trouble.push(
      { method: 'GET', path: '/Tax', how: 'no-token' },
      { method: 'GET', path: '/Tax', how: 'no-token' },
    )
    const refused = await api.get('/Tax')
    expect(refused.ok ? null : refused.fault.code).toBe('halo-login')
  })

  it('is asked for with the name of a hosted tenant', async () => {
    const stage = await staged({ tenant: 'acme' })
    expect(await troubleOf(stage)).toMatchObject({
      code: 'halo-login',
      raw: 'invalid_tenant: The tenant does not exist.',
    })
    expect(await troubleOf(stage, { target: { ...stage.options.target, tenant: 'acme' } })).toBeNull()
  })
})

describe('a login that fails', () => {
  it('says that id or secret are wrong', async () => {
    const stage = await staged()
    expect(await troubleOf(stage, { secret: 'not-the-secret' })).toMatchObject({
      code: 'halo-login',
      raw: 'invalid_client: The client credentials are invalid.',
      exchangeId: 2,
    })
  })

  it('says that the clocks differ', async () => {
    const stage = await staged({ clockAheadMs: -3_600_000 })
    stage.fake.quirks.trouble.push(
      { method: 'GET', path: '/Tax', how: 'no-token' },
      { method: 'GET', path: '/Tax', how: 'no-token' },
    )
    expect(await troubleOf(stage)).toMatchObject({ code: 'halo-clock', facts: { minutes: 60 } })
    const other = await staged()
    other.fake.quirks.trouble.push(
      { method: 'GET', path: '/Tax', how: 'not-yet' },
      { method: 'GET', path: '/Tax', how: 'not-yet' },
    )
    expect((await troubleOf(other))?.code).toBe('halo-clock')
  })

  it('says that something else answers at the address', async () => {
    const stage = await staged({ authUrl: '' })
    const target = { ...stage.options.target, address: `${stage.fake.url}/elsewhere` }
    expect((await troubleOf(stage, { target }))?.code).toBe('halo-not-api')
  })
})

describe('the secret', () => {
  it('goes to no other host than Halo’s, whatever Halo says', async () => {
    const other = await staged()
    const stage = await staged({ authUrl: `${other.fake.url}/auth` })
    expect(await troubleOf(stage)).toMatchObject({
      code: 'halo-auth-elsewhere',
      facts: { target: new URL(other.fake.url).host },
    })
    expect(other.fake.logins).toHaveLength(0)
  })

  it('goes where a person has entered it', async () => {
    const other = await staged()
    const stage = await staged()
    const target = { ...stage.options.target, authAddress: `${other.fake.url}/auth` }
    // A token of another server's, so Halo refuses it; but that is where the secret went.
    expect((await troubleOf(stage, { target }))?.code).toBe('halo-login')
    expect(other.fake.logins.map((form) => form.get('client_secret'))).toEqual([
      other.fake.secret,
      other.fake.secret,
    ])
    expect(stage.fake.logins).toHaveLength(0)
  })

  it('and the token are in nothing that is recorded, nor in a fault', async () => {
    const stage = await staged()
    const api = stage.api()
    await api.get('/Tax')
    await api.post('/Client', [{ name: `echo ${stage.fake.secret}` }])
    const refused = await troubleOf(stage, { secret: 'another-secret-0815' })
    const recorded = JSON.stringify([stage.sink.drafts, refused])
    expect(recorded).toContain('client_credentials')
    for (const secret of [stage.fake.secret, 'another-secret-0815', 'fake-client-secret'])
      expect(recorded).not.toContain(secret)
    expect(recorded).not.toMatch(/fake-[0-9a-f]{8}-/)
  })
})
