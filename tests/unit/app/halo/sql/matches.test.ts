import { expect, test } from 'vitest'
import { proposeMatches } from '../../../../../app/model/match-customers.ts'
import { customer, good, instance, openTestHalo } from './fixture.ts'

/** A Halo with clients that somebody typed, and one that is linked. */
async function typedHalo() {
  const stage = await openTestHalo()
  await stage.write('customers', customer(9, { name: 'Linked Ltd', reference: 'C9' }))
  stage.sql.exec(`insert into AREA (Aarea, aareadesc, Aarearef, AWebsite, AIsInactive, adattocommerceid) values
    (51, 'Hill Ltd', 'H-1', null, 0, -1), (52, 'Vale', '', 'https://www.vale.example', 0, null), (53, 'Old Hill', 'H-1', null, 1, -1);
    insert into SITE (Ssitenum, sdesc, Sarea) values (61, 'Main', 51);
    insert into USERS (Uid, Usite, uusername, uemail) values (71, 61, 'Ann', 'Ann@Hill.example')`)
  return stage
}

const asked = (commerceId: number, name: string, number = '', ...domains: string[]) => ({
  ...{ commerceId, name, number, domains },
})

test('unlinked, active clients are proposed by number, name, website and their people’s addresses', async () => {
  const { halo, dump, owner } = await typedHalo()
  const before = dump()
  const found = good(await halo.unlinkedClients?.(owner))
  expect(found.linkedIds).toEqual([9])
  const proposals = proposeMatches(
    [
      asked(1, 'Somebody', 'h-1'),
      asked(2, 'Vale Limited'),
      asked(3, 'X', '', 'hill.example'),
      asked(4, 'Y', '', 'vale.example'),
      asked(9, 'Linked', 'C9'),
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
  expect(dump()).toBe(before)
})

test('a confirmed link is found by the next write: no second client', async () => {
  const { halo, owner, rows, write } = await typedHalo()
  const links = [{ commerceId: 1, haloId: 51, url: `${instance}/customers/1` }]
  expect(good(await halo.linkCustomers?.(owner, links))).toEqual([{ commerceId: 1, haloId: 51, fault: null }])
  const [outcome] = await write('customers', customer(1, { name: 'Hill Ltd' }))
  expect(outcome).toMatchObject({ kind: 'updated', haloId: 51 })
  expect(rows('select count(*) as n from AREA')).toEqual([{ n: 4 }])
})

test('a client that is linked, or gone, and a customer that is linked stay as they are, each by itself', async () => {
  const { halo, owner, rows } = await typedHalo()
  const linkedArea = rows('select Aarea from AREA where adattocommerceid = 9')[0]?.Aarea
  const outcomes = good(
    await halo.linkCustomers?.(owner, [
      { commerceId: 1, haloId: Number(linkedArea), url: '' },
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
  expect(
    rows('select Aarea, adattocommerceid, adattocommercetenantid from AREA where Aarea in (51, 52)'),
  ).toEqual([
    { Aarea: 51, adattocommerceid: -1, adattocommercetenantid: null },
    { Aarea: 52, adattocommerceid: 3, adattocommercetenantid: owner.haloTenantId },
  ])
})

test('a link is taken back as long as it is this customer’s, and the next write makes a client of its own', async () => {
  const { halo, owner, rows, write } = await typedHalo()
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
  expect(
    rows('select Aarea, adattocommerceid, adattocommercetenantid from AREA where Aarea in (51, 52)'),
  ).toEqual([
    { Aarea: 51, adattocommerceid: -1, adattocommercetenantid: null },
    { Aarea: 52, adattocommerceid: 2, adattocommercetenantid: owner.haloTenantId },
  ])
  const [written] = await write('customers', customer(1, { name: 'Hill Ltd' }))
  expect(written?.kind).toBe('created')
})
