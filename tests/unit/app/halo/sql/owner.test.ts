import { describe, expect, it } from 'vitest'
import { normalUrl } from '../../../../../app/halo/sql/owner.ts'
import { good, openTestHalo } from './fixture.ts'

describe('owner', () => {
  it('is made disabled and without a key', async () => {
    const { rows } = await openTestHalo()
    expect(
      rows('select DCDid, DCDUrl, DCDApiKey, dcdhalointegratorenabled as e from DattoCommerceDetails'),
    ).toEqual([{ DCDid: 1, DCDUrl: 'https://north.mydattocommerce.com', DCDApiKey: null, e: 0 }])
  })

  it('is found again in any spelling, and Halo’s own row stays as it is', async () => {
    const { halo, sql, rows } = await openTestHalo()
    sql.exec(
      "insert into DattoCommerceDetails (DCDUrl, DCDApiKey, dcdhalointegratorenabled) values ('HTTPS://South.MyDattoCommerce.com/', 'sealed', 1)",
    )
    const before = rows('select * from DattoCommerceDetails')
    for (const url of ['https://south.mydattocommerce.com', ' http://SOUTH.mydattocommerce.com// ']) {
      expect(good(await halo.owner(url))).toEqual({ haloTenantId: 2 })
    }
    expect(rows('select * from DattoCommerceDetails')).toEqual(before)
  })

  it('needs an address', async () => {
    const { halo } = await openTestHalo()
    expect(await halo.owner(' ')).toMatchObject({ ok: false, fault: { code: 'url-invalid' } })
  })
})

describe('normalUrl', () => {
  it.each([
    ['https://A.example/', 'a.example'],
    ['A.EXAMPLE', 'a.example'],
    [null, ''],
  ])('%s is %s', (url, normal) => {
    expect(normalUrl(url)).toBe(normal)
  })
})
