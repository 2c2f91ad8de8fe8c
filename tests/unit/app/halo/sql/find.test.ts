import { expect, test } from 'vitest'
import { customer, good, openTestHalo, type TestHalo } from './fixture.ts'

const find = async ({ halo }: TestHalo, by: 'name' | 'number', ...values: string[]) => {
  if (!halo.sheets) throw new Error('no finder')
  return Object.fromEntries(good(await halo.sheets.find('customers', by, values)))
}

test('what is made after the first question is found by the next, whoever makes it', async () => {
  const world = await openTestHalo()
  const [first] = await world.write('customers', customer(1))
  expect(await find(world, 'name', 'Customer 1', 'Customer 2')).toEqual({ 'customer 1': [first?.haloId] })
  const [second] = await world.write('customers', customer(2))
  const { lastInsertRowid } = world.sql.prepare('INSERT INTO AREA (aareadesc) VALUES (?)').run(' CUSTOMER 1 ')
  expect(await find(world, 'name', 'Customer 1', 'Customer 2')).toEqual({
    'customer 1': [first?.haloId, Number(lastInsertRowid)],
    'customer 2': [second?.haloId],
  })
})

test('a record that was renamed here is found by its new name alone', async () => {
  const world = await openTestHalo()
  const [made] = await world.write('customers', customer(1))
  expect(await find(world, 'number', 'c1')).toEqual({ c1: [made?.haloId] })
  await world.write('customers', customer(1, { name: 'Renamed', reference: 'X9' }))
  expect(await find(world, 'number', 'c1', 'x9')).toEqual({ x9: [made?.haloId] })
  expect(await find(world, 'name', 'customer 1', 'renamed')).toEqual({ renamed: [made?.haloId] })
})

test('a record that is gone is not found', async () => {
  const world = await openTestHalo()
  await world.write('customers', customer(1))
  await find(world, 'name', 'customer 1')
  world.sql.prepare('DELETE FROM AREA').run()
  expect(await find(world, 'name', 'customer 1')).toEqual({})
})
