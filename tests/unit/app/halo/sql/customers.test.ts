import { describe, expect, it } from 'vitest'
import { contact, customer, good, instance, known, openTestHalo } from './fixture.ts'

const people = `select USERS.uusername as name, USERS.uemail as email, SITE.sdesc as site, AREA.aareadesc as client
  from USERS join SITE on SITE.Ssitenum = USERS.Usite join AREA on AREA.Aarea = SITE.Sarea order by USERS.Uid`

describe('a new customer', () => {
  it('is a client with a site, an address and its contacts, by Halo’s own joins', async () => {
    const { write, rows, owner } = await openTestHalo()
    const contacts = [contact('Ann Hill', 'ann@hill.example'), contact('Bob', '', { phone: '0113 1' })]
    const [outcome] = await write('customers', customer(7, { name: 'Hill & Söhne 株式会社', contacts }))
    expect(outcome).toMatchObject({ commerceId: 7, kind: 'created', haloId: 1, fault: null, changes: [] })
    expect(rows('select * from AREA')[0]).toMatchObject({
      aareadesc: 'Hill & Söhne 株式会社',
      Aarearef: 'C7',
      adattocommerceid: 7,
      adattocommerceurl: `${instance}/customers/7`,
      adattocommercetenantid: owner.haloTenantId,
    })
    expect(rows(people)).toEqual([
      { name: 'Ann Hill', email: 'ann@hill.example', site: 'Main', client: 'Hill & Söhne 株式会社' },
      { name: 'Bob', email: null, site: 'Main', client: 'Hill & Söhne 株式会社' },
    ])
    expect(rows('select * from ADDRESSSTORE')[0]).toMatchObject({
      ASSiteID: 1,
      ASLine1: '1 High Street',
      ASLine3: 'Leeds',
      ASLine5: 'LS1 1AA',
      ASPrimary: 1,
    })
    expect(rows('select typeof(Sarea) as area, (select typeof(Usite) from USERS) as site from SITE')).toEqual(
      [{ area: 'real', site: 'real' }],
    )
  })

  it('is written once when it comes twice in one batch', async () => {
    const { write, rows } = await openTestHalo()
    const outcomes = await write('customers', customer(1), customer(1, { name: 'Newer' }), customer(1))
    expect(outcomes.map(({ kind }) => kind)).toEqual(['created', 'updated', 'updated'])
    expect(rows('select count(*) as n from AREA')).toEqual([{ n: 1 }])
  })
})

describe('writing again', () => {
  it('changes no byte when nothing is new', async () => {
    const { write, dump } = await openTestHalo()
    const batch = [customer(1), customer(2, { contacts: [contact('A'), contact('B', 'B@x.example')] })]
    await write('customers', ...batch)
    const before = dump()
    expect((await write('customers', ...batch)).map(({ kind }) => kind)).toEqual(['unchanged', 'unchanged'])
    expect(dump()).toBe(before)
  })

  it('tells field by field what differs', async () => {
    const { write } = await openTestHalo()
    await write('customers', customer(1))
    const [outcome] = await write(
      'customers',
      customer(1, {
        name: 'Renamed',
        address: { ...customer(1).address, line1: '2 Low Street' },
        contacts: [contact('Ann Smith', 'ann@c1.example')],
      }),
    )
    expect(outcome?.kind).toBe('updated')
    expect(outcome?.changes).toEqual([
      { field: 'AREA.aareadesc', before: 'Customer 1', after: 'Renamed' },
      { field: 'ADDRESSSTORE.ASLine1', before: '1 High Street', after: '2 Low Street' },
      { field: 'USERS#1.uusername', before: 'Ann 1', after: 'Ann Smith' },
      { field: 'USERS#1.uLastName', before: '1', after: 'Smith' },
    ])
  })

  it('matches contacts by e-mail without regard to case, then by name, and leaves what a person typed', async () => {
    const { write, sql, rows } = await openTestHalo()
    await write('customers', customer(1, { contacts: [contact('Ann Hill', 'ann@hill.example')] }))
    sql.exec("update USERS set uemail = 'Ann@Hill.example', uextn = '0113 555'")
    sql.exec("update SITE set sdesc = 'Head office', SPhoneNumber = '0113 1'")
    const again = customer(1, {
      contacts: [contact('Ann Hill', 'ann@hill.example'), contact('ann hill')],
    })
    const outcomes = await write('customers', again, customer(1, { contacts: [contact('Ann Hill')] }))
    expect(outcomes.map(({ kind }) => kind)).toEqual(['updated', 'unchanged'])
    expect(rows('select uusername, uemail, uextn from USERS')).toEqual([
      { uusername: 'Ann Hill', uemail: 'Ann@Hill.example', uextn: '0113 555' },
      { uusername: 'ann hill', uemail: null, uextn: null },
    ])
    expect(rows('select sdesc, SPhoneNumber from SITE')).toEqual([
      { sdesc: 'Head office', SPhoneNumber: '0113 1' },
    ])
  })

  it('renames the stand-in contact with its customer instead of adding another', async () => {
    const { write, rows } = await openTestHalo()
    const standIn = (name: string) => contact(name, '', { commerceId: null, firstName: '', lastName: '' })
    await write('customers', customer(1, { name: 'Old', contacts: [standIn('Old')] }))
    await write('customers', customer(1, { name: 'New', contacts: [standIn('New')] }))
    expect(rows('select uusername from USERS')).toEqual([{ uusername: 'New' }])
  })

  it('adds no stand-in where somebody is already', async () => {
    const { write, rows } = await openTestHalo()
    await write('customers', customer(1, { contacts: [contact('Ann', 'ann@c1.example')] }))
    const standIn = contact('Customer 1', '', { commerceId: null })
    expect((await write('customers', customer(1, { contacts: [standIn] })))[0]?.kind).toBe('unchanged')
    expect(rows('select uusername from USERS')).toEqual([{ uusername: 'Ann' }])
  })

  it('tells two people with one e-mail apart by their names, in any order', async () => {
    const { write, rows } = await openTestHalo()
    const [ann, bob] = [contact('Ann', 'office@c1.example'), contact('Bob', 'office@c1.example')]
    await write('customers', customer(1, { contacts: [ann, bob] }))
    expect((await write('customers', customer(1, { contacts: [bob, ann] })))[0]?.kind).toBe('unchanged')
    expect(rows('select uusername from USERS')).toEqual([{ uusername: 'Ann' }, { uusername: 'Bob' }])
  })

  it('tells two people of one name apart, one of them without an e-mail address', async () => {
    const { rows, write } = await openTestHalo()
    await write('customers', customer(1, { contacts: [contact('Bob', 'a@x.example')] }))
    const both = customer(1, { contacts: [contact('Ann'), contact('Ann', 'a@x.example')] })
    await write('customers', both)
    const [again] = await write('customers', both)
    expect(again?.kind).toBe('unchanged')
    expect(rows('select uemail from USERS order by Uid')).toEqual([
      { uemail: 'a@x.example' },
      { uemail: null },
    ])
  })

  it('does not clear an account number, a tax number or an address that Commerce does not know', async () => {
    const { write, sql, rows } = await openTestHalo()
    await write('customers', customer(1))
    sql.exec("update AREA set axerotaxnumber = 'GB1'")
    const empty = { line1: '', line2: '', line3: '', line4: '', postcode: '' }
    const [outcome] = await write('customers', customer(1, { reference: '', address: empty }))
    expect(outcome?.kind).toBe('unchanged')
    expect(rows('select Aarearef, axerotaxnumber from AREA')).toEqual([
      { Aarearef: 'C1', axerotaxnumber: 'GB1' },
    ])
  })
})

describe('identity', () => {
  const write = async (test: Awaited<ReturnType<typeof openTestHalo>>, haloId: number | null) =>
    good(
      await test.halo.write('customers', [{ record: customer(5), haloId }], {
        owner: test.owner,
        mode: 'write',
        defaultGroup: null,
        createItemsFromQuotes: true,
      }),
    )[0]

  it('is found by its Commerce id when the store was lost, and not by a key that is another record’s now', async () => {
    const test = await openTestHalo()
    await test.write('customers', customer(4), customer(5))
    expect(await write(test, null)).toMatchObject({ kind: 'unchanged', haloId: 2 })
    expect(await write(test, 2)).toMatchObject({ kind: 'unchanged', haloId: 2 })
    expect(await write(test, 1)).toMatchObject({ kind: 'unchanged', haloId: 2 })
    expect(await write(test, 99)).toMatchObject({ kind: 'unchanged', haloId: 2 })
  })

  it('takes over the one row without a tenant, and fills the tenant in', async () => {
    const test = await openTestHalo()
    test.sql.exec("insert into AREA (aareadesc, adattocommerceid) values ('From Halo', 5)")
    expect(await write(test, null)).toMatchObject({ kind: 'updated', haloId: 1 })
    expect(test.rows('select adattocommercetenantid as t from AREA')).toEqual([
      { t: test.owner.haloTenantId },
    ])
  })

  it('takes over none when two have no tenant, or when the link is another instance’s', async () => {
    const test = await openTestHalo()
    test.sql.exec("insert into AREA (aareadesc, adattocommerceid) values ('One', 5), ('Two', 5)")
    expect(await write(test, null)).toMatchObject({ kind: 'created', haloId: 3 })
    const other = await openTestHalo()
    other.sql.exec(
      `insert into AREA (aareadesc, adattocommerceid, adattocommerceurl)
       values ('Other', 5, 'https://south.mydattocommerce.com/customers/5')`,
    )
    expect(await write(other, null)).toMatchObject({ kind: 'created', haloId: 2 })
  })

  it('keeps two tenants with the same Commerce ids apart', async () => {
    const test = await openTestHalo()
    const south = good(await test.halo.owner('https://south.mydattocommerce.com/'))
    await test.write('customers', customer(5))
    const options = { owner: south, mode: 'write', defaultGroup: null, createItemsFromQuotes: true } as const
    const [outcome] = good(await test.halo.write('customers', known(customer(5)), options))
    expect(outcome).toMatchObject({ kind: 'created', haloId: 2 })
    expect(await write(test, null)).toMatchObject({ kind: 'unchanged', haloId: 1 })
  })

  it('gets a site when Halo’s client has none', async () => {
    const test = await openTestHalo()
    const tenant = test.owner.haloTenantId
    test.sql.exec(
      `insert into AREA (aareadesc, adattocommerceid, adattocommercetenantid) values ('Bare', 5, ${tenant})`,
    )
    expect(await write(test, null)).toMatchObject({ kind: 'updated', haloId: 1 })
    expect(test.rows(people)).toHaveLength(1)
  })

  it('uses the first active site', async () => {
    const test = await openTestHalo()
    await test.write('customers', customer(5))
    test.sql.exec("update SITE set SIsInactive = 1; insert into SITE (sdesc, Sarea) values ('New office', 1)")
    await write(test, null)
    expect(test.rows('select ASSiteID from ADDRESSSTORE order by ASID')).toEqual([
      { ASSiteID: 1 },
      { ASSiteID: 2 },
    ])
  })
})

describe('mapped fields', () => {
  const extra = (to: string, value: string | number | null, onlyNew = false) => ({ to, value, onlyNew })
  const open = () =>
    openTestHalo().then(async (test) => {
      await test.halo.close()
      return openTestHalo((sql) => {
        sql.exec('alter table AREA add column CFRegion NVARCHAR(10)')
        sql.exec('alter table AREA add column CFSeats INT')
      }, test.file)
    })

  it('go to AREA, SITE and custom columns, whatever the spelling', async () => {
    const { write, rows } = await open()
    const fields = [
      extra('customer.website', 'https://hill.example'),
      extra('customer.phone', '0113 555'),
      extra('cf:region', 'North'),
      extra('CFSeats', '12'),
      extra('customer.isVip', 1),
      extra('customer.startDate', '2026-03-01T00:00:00.000Z'),
    ]
    const [outcome] = await write('customers', customer(1, { extra: fields }))
    expect(outcome).toMatchObject({ kind: 'created', notes: [] })
    expect(
      rows('select AWebsite, CFRegion, CFSeats, AisVIP, Astartdate, SPhoneNumber from AREA, SITE'),
    ).toEqual([
      {
        AWebsite: 'https://hill.example',
        CFRegion: 'North',
        CFSeats: 12,
        AisVIP: 1,
        Astartdate: '2026-03-01 00:00:00.000',
        SPhoneNumber: '0113 555',
      },
    ])
    expect((await write('customers', customer(1, { extra: fields })))[0]?.kind).toBe('unchanged')
  })

  it('with onlyNew are left alone later; null leaves, empty text clears', async () => {
    const { write, rows } = await open()
    const first = [extra('cf:Region', 'North', true), extra('CFSeats', 12), extra('customer.website', 'a')]
    await write('customers', customer(1, { extra: first }))
    const later = [extra('cf:Region', 'South', true), extra('CFSeats', ''), extra('customer.website', null)]
    await write('customers', customer(1, { extra: later }))
    expect(rows('select CFRegion, CFSeats, AWebsite from AREA')).toEqual([
      { CFRegion: 'North', CFSeats: null, AWebsite: 'a' },
    ])
  })

  it('take over a column that the sync fills itself', async () => {
    const { write, rows } = await open()
    await write('customers', customer(1, { extra: [extra('customer.reference', 'mapped')] }))
    expect(rows('select Aarearef from AREA')).toEqual([{ Aarearef: 'mapped' }])
  })

  it('that are not in this Halo are a note on the record', async () => {
    const { write } = await open()
    const [outcome] = await write('customers', customer(1, { extra: [extra('cf:Colour', 'red')] }))
    expect(outcome).toMatchObject({
      kind: 'created',
      notes: [{ code: 'field-unmapped', facts: { label: 'Customer 1', to: 'cf:Colour' } }],
    })
  })

  it('that do not fit fail their record alone', async () => {
    const { write } = await open()
    const outcomes = await write(
      'customers',
      customer(1, { extra: [extra('cf:Region', 'North by north-west')] }),
      customer(2, { extra: [extra('CFSeats', 'a dozen')] }),
      customer(3),
    )
    expect(outcomes.map(({ kind, fault }) => [kind, fault?.code])).toEqual([
      ['failed', 'halo-value-too-long'],
      ['failed', 'halo-value-refused'],
      ['created', undefined],
    ])
    expect(outcomes[0]?.fault?.facts).toEqual({
      label: 'Customer 1',
      column: 'AREA.CFRegion',
      length: 19,
      limit: 10,
    })
  })
})
