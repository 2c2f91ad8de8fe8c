import { afterEach, expect, it } from 'vitest'
import type { Result } from '../../../../../app/model/fault.ts'
import { proposeMatches } from '../../../../../app/model/match-customers.ts'
import type { Quirks } from '../../../../fake-halo/index.ts'
import { customer, instance } from '../../../../integration/halo/records.ts'
import { type RestStage, restStage } from './stage.ts'

const stages: RestStage[] = []
afterEach(async () => {
  for (const stage of stages.splice(0)) {
    await stage.close()
    expect(stage.fake.violations).toEqual([])
  }
})

const good = <T>(result: Result<T> | undefined): T => {
  if (!result?.ok) throw new Error(JSON.stringify(result))
  return result.value
}

/** A Halo with clients that somebody typed, and one that is linked. */
async function typedHalo(quirks: Partial<Quirks>) {
  const stage = await restStage(quirks)
  stages.push(stage)
  const halo = await stage.open()
  const owner = good(await halo.owner(instance))
  const options = { owner, mode: 'write', defaultGroup: null, createItemsFromQuotes: false } as const
  const write = async (record: ReturnType<typeof customer>) =>
    good(await halo.write('customers', [{ record, haloId: null }], options))[0]
  const linked = await write(customer(9, { name: 'Linked Ltd', reference: 'C9' }))
  const { Client, Site, Users } = stage.fake.tables.rows
  Client.set(51, {
    id: 51,
    name: 'Hill Ltd',
    ref: 'H-1',
    inactive: false,
    datto_commerce_id: -1,
    main_site_id: 61,
  })
  Client.set(52, {
    id: 52,
    name: 'Vale',
    ref: '',
    website: 'https://www.vale.example',
    inactive: false,
    main_site_id: 62,
  })
  Client.set(53, { id: 53, name: 'Old Hill', ref: 'H-1', inactive: true, datto_commerce_id: 0 })
  Site.set(61, { id: 61, name: 'Main', client_id: 51, inactive: false })
  Site.set(62, { id: 62, name: 'Main', client_id: 52, inactive: false })
  Users.set(71, {
    id: 71,
    name: 'Ann',
    emailaddress: 'Ann@Hill.example',
    site_id: 61,
    client_id: 51,
    inactive: false,
  })
  stage.fake.asked.length = 0
  return { ...stage, halo, owner, write, linkedId: linked?.haloId ?? 0 }
}

const asked = (commerceId: number, name: string, number = '', ...domains: string[]) => ({
  commerceId,
  name,
  number,
  domains,
})
const ways = [
  ['with reports', {}],
  ['without reports, lists thin', { reports: 'forbidden' as const, hasThinLists: true }],
] as const

it.each(ways)(
  'unlinked, active clients are proposed by number, name, website and their people’s addresses: %s',
  async (_, quirks) => {
    const { halo, fake, owner } = await typedHalo(quirks)
    const found = good(await halo.unlinkedClients?.(owner))
    expect(found.linkedIds).toEqual([9])
    const proposals = proposeMatches(
      [
        ...[asked(1, 'Somebody', 'h-1'), asked(2, 'Vale Limited'), asked(3, 'X', '', 'hill.example')],
        ...[asked(4, 'Y', '', 'vale.example'), asked(9, 'Linked', 'C9')],
      ],
      found.clients,
    )
    expect(
      proposals.map(({ commerceId, candidates }) => [
        commerceId,
        candidates.map(({ haloId, by }) => [haloId, ...by]),
      ]),
    ).toEqual([
      [1, [[51, 'number']]],
      [2, [[52, 'name']]],
      [3, [[51, 'domain']]],
      [4, [[52, 'domain']]],
    ])
    expect(fake.asked.filter((one) => one.method === 'POST')).toEqual([])
  },
)

it.each(ways)('a confirmed link is found by the next write: %s', async (_, quirks) => {
  const { halo, owner, fake, write } = await typedHalo(quirks)
  const links = [{ commerceId: 1, haloId: 51, url: `${instance}/customers/1` }]
  expect(good(await halo.linkCustomers?.(owner, links))).toEqual([{ commerceId: 1, haloId: 51, fault: null }])
  expect(await write(customer(1, { name: 'Hill Ltd' }))).toMatchObject({ kind: 'updated', haloId: 51 })
  expect(fake.tables.rows.Client.size).toBe(4)
})

it.each(ways)('a link is taken back as long as it is this customer’s: %s', async (_, quirks) => {
  const { halo, owner, fake, write } = await typedHalo(quirks)
  good(
    await halo.linkCustomers?.(owner, [
      { commerceId: 1, haloId: 51, url: '' },
      { commerceId: 2, haloId: 52, url: '' },
    ]),
  )
  const outcomes = good(
    await halo.unlinkCustomers?.(owner, [
      { commerceId: 1, haloId: 51 },
      { commerceId: 3, haloId: 52 },
      { commerceId: 1, haloId: 999 },
    ]),
  )
  expect(outcomes.map(({ fault }) => fault?.code ?? 'freed')).toEqual([
    ...['freed', 'halo-reference-missing', 'halo-reference-missing'],
  ])
  expect(fake.tables.rows.Client.get(51)?.datto_commerce_id).toBe(-1)
  expect(fake.tables.rows.Client.get(52)?.datto_commerce_id).toBe(2)
  expect(await write(customer(1, { name: 'Hill Ltd' }))).toMatchObject({ kind: 'created' })
})

it.each(ways)(
  'a client that is linked, or gone, and a customer that is linked stay as they are: %s',
  async (_, quirks) => {
    const { halo, owner, fake, linkedId } = await typedHalo(quirks)
    const outcomes = good(
      await halo.linkCustomers?.(owner, [
        { commerceId: 1, haloId: linkedId, url: '' },
        { commerceId: 9, haloId: 51, url: '' },
        { commerceId: 2, haloId: 999, url: '' },
        { commerceId: 3, haloId: 52, url: '' },
        { commerceId: 4, haloId: 52, url: '' },
        { commerceId: 3, haloId: 51, url: '' },
      ]),
    )
    expect(outcomes.map(({ fault }) => fault?.code ?? 'linked')).toEqual([
      ...['link-taken', 'link-taken', 'halo-reference-missing'],
      ...['linked', 'link-taken', 'link-taken'],
    ])
    expect(fake.tables.rows.Client.get(51)?.datto_commerce_id).toBe(-1)
    expect(fake.tables.rows.Client.get(52)).toMatchObject({
      datto_commerce_id: 3,
      dattocommerce_tenantid: owner.haloTenantId,
    })
  },
)
