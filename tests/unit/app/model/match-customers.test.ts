import { describe, expect, it, test } from 'vitest'
import {
  domainOf,
  proposeMatches,
  proposing,
  type UnlinkedClient,
  type UnlinkedCustomer,
} from '../../../../app/model/match-customers.ts'

const client = (haloId: number, name: string, number = '', ...domains: string[]): UnlinkedClient => ({
  ...{ haloId, name, number, domains },
})
const customer = (commerceId: number, name: string, number = '', ...domains: string[]): UnlinkedCustomer => ({
  ...{ commerceId, name, number, domains },
})

/** Each customer's candidates as "halo id: signs"; "!" for a sure one, "?" for a likely one. */
const marks = { sure: '!', likely: '?', unsure: '' }
function proposed(customers: UnlinkedCustomer[], clients: UnlinkedClient[]): Record<number, string> {
  const entries = proposeMatches(customers, clients).map(({ commerceId, candidates, sureness }) => {
    const words = candidates.map(({ haloId, by }) => `${haloId}: ${by.join('+')}`)
    return [commerceId, `${words.join(', ')}${marks[sureness]}`] as const
  })
  return Object.fromEntries(entries)
}

describe('a customer may be the client', () => {
  it.each([
    ['Hill & Sons Ltd', 'HILL AND SONS LIMITED'],
    ['Müller GmbH', 'Muller'],
    ['The Cable Co.', 'Cable'],
    ['S.A. Dupont', 'Dupont SA'],
    ['株式会社テスト', '株式会社テスト'],
    ['Limited', 'LIMITED'],
  ])('by name: %s, %s', (one, other) => {
    expect(proposed([customer(1, one)], [client(7, other)])).toEqual({ 1: '7: name!' })
  })

  it('by number and by its own e-mail domain', () => {
    const clients = [client(7, 'A', ' c-1 '), client(8, 'B', '', 'hill.example')]
    expect(proposed([customer(1, 'X', 'C-1'), customer(2, 'Y', '', 'hill.example')], clients)).toEqual({
      1: '7: number?',
      2: '8: domain?',
    })
  })

  it('with the surest first, and the more signs the surer', () => {
    const clients = [
      client(7, 'Hill', '', 'hill.example'),
      client(8, 'Other', 'C1'),
      client(9, 'Hill', 'C1', 'hill.example'),
    ]
    expect(proposed([customer(1, 'Hill', 'C1', 'hill.example')], clients)).toEqual({
      1: '9: number+name+domain, 8: number, 7: name+domain',
    })
  })
})

describe('nobody is proposed', () => {
  it('for empty numbers, other names, and domains that everybody has', () => {
    const clients = [client(7, 'A', '', 'gmail.com'), client(8, '')]
    expect(proposed([customer(1, 'B', '', 'gmail.com'), customer(2, '')], clients)).toEqual({})
  })
})

test('what two customers want is clear to neither', () => {
  expect(proposed([customer(1, 'Hill'), customer(2, 'Hill Ltd')], [client(7, 'Hill')])).toEqual({
    1: '7: name',
    2: '7: name',
  })
})

describe('how sure it is', () => {
  it.each([
    ['number and domain', customer(1, 'X', 'C1', 'hill.example'), client(7, 'Y', 'C1', 'hill.example'), '!'],
    ['one name, another number', customer(1, 'Hill', 'C2'), client(7, 'Hill', 'C1'), '?'],
    ['one name, and only one of them has a number', customer(1, 'Hill', 'C2'), client(7, 'Hill'), '!'],
    [
      'another number, but name and domain',
      customer(1, 'Hill', 'C2', 'hill.example'),
      client(7, 'Hill', 'C1', 'hill.example'),
      '?',
    ],
  ])('%s', (_, one, other, mark) => {
    expect(proposed([one], [other])[1]?.at(-1)?.replace(/[^!?]/, '')).toBe(mark)
  })
})

test('a number and a name that agree are sure beside others of the name alone', () => {
  const clients = [client(7, 'Hill', 'C1'), client(8, 'Hill'), client(9, 'Hill', 'C2')]
  expect(proposed([customer(1, 'Hill', 'C1'), customer(2, 'Hill')], clients)).toEqual({
    1: '7: number+name, 8: name, 9: name!',
    2: '7: name, 8: name, 9: name',
  })
  expect(proposed([customer(1, 'Hill', 'C1'), customer(2, 'Hill', 'C1')], clients)).toEqual({
    1: '7: number+name, 8: name, 9: name',
    2: '7: number+name, 8: name, 9: name',
  })
})

test('pauses come every few hundred rows, and change nothing', () => {
  const customers = Array.from({ length: 1_000 }, (_, at) => customer(at + 1, `Customer ${at}`))
  const clients = Array.from({ length: 1_000 }, (_, at) => client(at + 1, `Customer ${at} Ltd`))
  const steps = proposing(customers, clients)
  let pauses = 0
  let step = steps.next()
  for (; !step.done; step = steps.next()) pauses += 1
  expect(pauses).toBe(10)
  expect(step.value).toEqual(proposeMatches(customers, clients))
  expect(step.value).toHaveLength(1_000)
})

test.each([
  ['ann@Hill.Example', 'hill.example'],
  ['https://www.hill.example/contact', 'hill.example'],
  ['www.hill.co.uk', 'hill.co.uk'],
  ['hill.example:8080', 'hill.example'],
  ['hill', ''],
  ['', ''],
])('the domain of %j is %j', (text, domain) => {
  expect(domainOf(text)).toBe(domain)
})
