import type Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { customer, good, openTestHalo, quote } from './fixture.ts'

/** A Halo with a quote; `prepare` makes it older than the present one. */
async function withQuote(change?: (sql: Database.Database) => void) {
  const first = await openTestHalo()
  await first.write('customers', customer(1))
  const [made] = await first.write('quotes', quote(1))
  first.sql.exec("INSERT INTO FAULTS (Faultid, Symptom, Status) VALUES (5, 'Printer', 3)")
  change?.(first.sql)
  const { halo, owner, sql } = await openTestHalo(undefined, first.file)
  const actions = halo.quoteActions
  if (!actions) throw new Error('The quotes of this Halo can be changed.')
  const quoteId = made?.haloId ?? 0
  const query = { owner, quoteId, search: '', hasClosed: false, offset: 0, limit: 20 }
  return { actions, owner, quoteId, query, sql }
}

test('A Halo without a place for the link says which columns it lacks, and its status can be changed all the same', async () => {
  const { actions, owner, quoteId, query } = await withQuote((sql) =>
    sql.exec('ALTER TABLE QUOTATIONHEADER DROP COLUMN QHfaultID; ALTER TABLE FAULTS DROP COLUMN Symptom'),
  )
  const columns = 'QUOTATIONHEADER.QHfaultID, FAULTS.Symptom'
  const state = good(await actions.state(owner, quoteId))
  expect(state.ticketObstacle).toMatchObject({ code: 'halo-column-missing', facts: { columns } })
  for (const answer of [await actions.tickets(query), await actions.linkTicket(owner, quoteId, { to: 5 })])
    expect(answer).toMatchObject({ ok: false, fault: { code: 'halo-column-missing' } })
  expect(good(await actions.setStatus(owner, quoteId, { to: 2 })).was).toBe(0)
})

test('A Halo that tells neither dates nor names of statuses, nor what was deleted, has its tickets found', async () => {
  const { actions, owner, quoteId, query } = await withQuote((sql) =>
    sql.exec(
      `DROP TABLE TSTATUS; ALTER TABLE FAULTS DROP COLUMN dateoccured; ALTER TABLE FAULTS DROP COLUMN datecleared;
       ALTER TABLE FAULTS DROP COLUMN FDeleted; ALTER TABLE FAULTS DROP COLUMN FMergedIntoFaultid; ALTER TABLE FAULTS DROP COLUMN Areaint`,
    ),
  )
  const printer = { ...{ id: 5, subject: 'Printer', status: '3' }, isClosed: false, client: null }
  expect(good(await actions.tickets(query)).rows).toEqual([{ ...printer, openedAt: null }])
  good(await actions.linkTicket(owner, quoteId, { to: 5 }))
  expect(good(await actions.state(owner, quoteId)).ticket).toMatchObject(printer)
})

test('A status that was made inactive in Halo is not chosen', async () => {
  const { actions, owner, quoteId } = await withQuote((sql) =>
    sql.exec('UPDATE LOOKUP SET finactive = 1 WHERE fid = 39 AND fcode = 2'),
  )
  expect(await actions.setStatus(owner, quoteId, { to: 2 })).toMatchObject({
    fault: { code: 'status-gone', facts: { status: 2 } },
  })
})

test('Cost is neither read nor written', async () => {
  const { actions, owner, quoteId, sql } = await withQuote()
  const heard: string[] = []
  sql.exec('UPDATE QUOTATIONDETAIL SET QDCostPrice = 5.5')
  heard.push(JSON.stringify(good(await actions.state(owner, quoteId))))
  good(await actions.linkTicket(owner, quoteId, { to: 5 }))
  good(await actions.setStatus(owner, quoteId, { to: 3 }))
  expect(heard.join()).not.toContain('5.5')
  const costs = sql.prepare('SELECT DISTINCT QDCostPrice FROM QUOTATIONDETAIL').pluck().all()
  expect(costs).toEqual([5.5])
})
