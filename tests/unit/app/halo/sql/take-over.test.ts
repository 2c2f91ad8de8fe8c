import { expect, it } from 'vitest'
import { good, instance, openTestHalo } from './fixture.ts'

it('reads what Halo’s own integration is set to, and never its key', async () => {
  const { halo, sql, owner } = await openTestHalo()
  sql.exec(`
    update DattoCommerceDetails set DCDApiKey = 'a-secret-key', dcdhalointegratorenabled = 1, dcditemgroup = 1,
      dcdcreateitemsonimport = 0, dcdproductsupplieronimport = 1, dcdsostatustoimport = '2,3';
    insert into DattoCommerceDetails (DCDid, DCDUrl) values (7, ' https://other.mydattocommerce.com ');
    insert into IntegrationFieldMapping (IFMid, IFMfiid, IFMfiname, IFMThirdPartyName, IFMmsid, IFMtypeid, IFMXMValue, IFMDontUpdate)
      values (1, 12, 'CFregion', 'billingState', 99, 2, null, 1);
    insert into ExternalLink (ELid, ELTableId, ELModuleId, ELHaloId, ELThirdPartyId, ELThirdPartyDesc, ELIsPrimary, ELDetailsId)
      values (1, 5, 99, 1, '40', 'Laptops', 1, ${owner.haloTenantId}), (2, 5, 99, 77, '40', 'A client', 1, ${owner.haloTenantId}),
             (3, 5, 99, 1, '41', 'Servers', 1, 7), (4, 5, 99, 1, '99', 'Not a category', 1, ${owner.haloTenantId});
  `)
  const found = good((await halo.takeOver?.([40, 41])) ?? { ok: true, value: [] })
  expect(JSON.stringify(found)).not.toContain('a-secret-key')
  const mappings = [
    {
      haloId: 12,
      haloName: 'CFregion',
      commerceName: 'billingState',
      value: '',
      module: 99,
      type: 2,
      onlyNew: true,
      clearsWhenEmpty: false,
    },
  ]
  expect(found).toEqual([
    {
      haloTenantId: owner.haloTenantId,
      url: instance,
      isEnabled: true,
      defaultGroup: 1,
      createItems: false,
      setProductSupplier: true,
      orderStatuses: '2,3',
      mappings,
      groups: [{ groupId: 1, categoryId: '40', categoryName: 'Laptops' }],
    },
    {
      haloTenantId: 7,
      url: 'https://other.mydattocommerce.com',
      isEnabled: false,
      defaultGroup: null,
      createItems: true,
      setProductSupplier: false,
      orderStatuses: null,
      mappings,
      groups: [{ groupId: 1, categoryId: '41', categoryName: 'Servers' }],
    },
  ])
})

it('finds nothing in a Halo without those tables', async () => {
  const { halo, sql } = await openTestHalo()
  sql.exec('drop table IntegrationFieldMapping; drop table ExternalLink')
  good(await halo.probe())
  const [found] = good((await halo.takeOver?.([1])) ?? { ok: true, value: [] })
  expect(found).toMatchObject({ url: instance, mappings: [], groups: [] })
})
