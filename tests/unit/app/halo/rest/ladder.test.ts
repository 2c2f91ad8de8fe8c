import { afterEach, describe, expect, it } from 'vitest'
import { climbHalo, haloStepsOf } from '../../../../../app/halo/ladder.ts'
import type { HaloMeans } from '../../../../../app/halo/open.ts'
import { defaultNetwork } from '../../../../../app/model/network.ts'
import type { Quirks } from '../../../../fake-halo/index.ts'
import { type RestStage, restStage } from './stage.ts'

const stages: RestStage[] = []
afterEach(async () => {
  for (const stage of stages.splice(0)) await stage.close()
})

async function climbed(quirks: Partial<Quirks> = {}, more: { address?: string; secret?: string } = {}) {
  const stage = await restStage(quirks)
  stages.push(stage)
  const { http, facts, clock, target } = stage.options
  const network = { ...defaultNetwork, proxy: { mode: 'none' as const }, trustSystemStore: false }
  const means: HaloMeans = { clock, network, secret: more.secret ?? stage.fake.secret, rest: { http, facts } }
  const rungs = await climbHalo({ ...target, address: more.address ?? stage.fake.url }, means)
  return { stage, rungs, last: rungs.at(-1) }
}

describe('the way to Halo’s API', () => {
  it('is tried step by step, and writes nothing', async () => {
    const { stage, rungs } = await climbed()
    expect(rungs.map(({ step }) => step)).toEqual(haloStepsOf(stage.options.target))
    expect(rungs.map(({ fault }) => fault)).toEqual(rungs.map(() => null))
    expect(rungs.map(({ found }) => found)).toEqual([
      `${stage.fake.url}/api`,
      '127.0.0.1',
      'not encrypted: Halo is on this computer',
      'accepted',
      'may read clients, items, quotations and sales orders; reports too',
      '0 custom fields of clients',
      'Halo has no clients yet',
    ])
    expect(stage.fake.asked.filter((one) => one.method === 'POST').map((one) => one.path)).toEqual([
      '/Report',
    ])
    expect(stage.fake.violations).toEqual([])
  })

  it.each([
    ['halo', {}, { address: 'http://halo.example.com' }, { code: 'url-insecure' }],
    ['halo-network', {}, { address: 'http://127.0.0.1:1' }, { code: 'connection-refused' }],
    ['halo-login', {}, { secret: 'wrong' }, { code: 'halo-login' }],
    ['halo-login', { tenant: 'acme' }, {}, { code: 'halo-login' }],
    [
      'halo-login',
      { authUrl: 'https://login.example.net/auth' },
      {},
      { code: 'halo-auth-elsewhere', facts: { target: 'login.example.net' } },
    ],
    [
      'halo-rights',
      { forbidden: [{ method: 'GET' as const, path: '/Quotation' }] },
      {},
      { code: 'halo-rights', facts: { table: 'quotations' } },
    ],
    [
      'halo-rights',
      { trouble: [{ method: 'GET' as const, path: '/Client', how: 'page' as const }] },
      {},
      { code: 'halo-not-api' },
    ],
    ['schema', { forbidden: [{ method: 'GET' as const, path: '/FieldInfo' }] }, {}, { code: 'halo-rights' }],
  ])('stops at %s', async (step, quirks, more, fault) => {
    const { last } = await climbed(quirks, more)
    expect(last).toMatchObject({ step, fault })
  })

  it('says when reports may not be asked', async () => {
    const { rungs } = await climbed({ reports: 'forbidden' })
    expect(rungs.find(({ step }) => step === 'halo-rights')?.found).toMatch(/no reports/)
    expect(rungs.at(-1)).toMatchObject({ step: 'halo-record', fault: null })
  })
})
