import { describe, expect, it } from 'vitest'
import { good, openTestHalo } from './fixture.ts'

const fieldsOf = async (halo: Awaited<ReturnType<typeof openTestHalo>>['halo']) => {
  good(await halo.probe())
  return good((await halo.clientFields?.()) ?? { ok: true, value: [] })
}

describe('custom fields of clients', () => {
  it('have the type of their column, and name and duty from FIELDINFO', async () => {
    const { halo, sql } = await openTestHalo()
    sql.exec(`
      alter table AREA add column CFregion nvarchar(40);
      alter table AREA add column CFsince datetime;
      alter table AREA add column CFseats int;
      alter table AREA add column CFrate float;
      alter table AREA add column CFstory ntext;
      insert into FIELDINFO (FIid, FIName, FILabel, FIusage, fimandatory) values
        (1, 'region', 'Sales region', 2, 1), (2, 'CFseats', ' ', null, 0), (3, 'CFsince', 'Ticket since', 1, 1);
    `)
    expect(await fieldsOf(halo)).toEqual([
      { column: 'CFregion', label: 'Sales region', type: 'text', maxLength: 40, isMandatory: true },
      { column: 'CFsince', label: 'CFsince', type: 'date', maxLength: null, isMandatory: false },
      { column: 'CFseats', label: 'CFseats', type: 'whole number', maxLength: null, isMandatory: false },
      { column: 'CFrate', label: 'CFrate', type: 'number', maxLength: null, isMandatory: false },
      { column: 'CFstory', label: 'CFstory', type: 'long text', maxLength: null, isMandatory: false },
    ])
  })

  it('have the values of their list, which a column of numbers keeps by code and one of text by name', async () => {
    const { halo, sql } = await openTestHalo()
    sql.exec(`
      alter table AREA add column CFtier int;
      alter table AREA add column CFzone nvarchar(40);
      insert into FIELDINFO (FIid, FIName, FIusage, FILookup) values (1, 'tier', 2, 501), (2, 'zone', 2, 502);
      insert into LOOKUP (fid, fcode, fvalue, finactive) values
        (501, 1, 'Gold', 0), (501, 2, 'Silver', null), (501, 3, 'Gone', 1), (502, 1, 'North', 0);
    `)
    const [tier, zone] = await fieldsOf(halo)
    expect(tier?.list).toEqual({
      keeps: 'id',
      values: [
        { id: 1, name: 'Gold' },
        { id: 2, name: 'Silver' },
      ],
    })
    expect(zone?.list).toEqual({ keeps: 'word', values: [{ id: 1, name: 'North' }] })
  })

  it('are none in a Halo without any, also when it has no FIELDINFO', async () => {
    const { halo, sql } = await openTestHalo()
    expect(await fieldsOf(halo)).toEqual([])
    sql.exec('drop table FIELDINFO')
    expect(await fieldsOf(halo)).toEqual([])
  })
})
