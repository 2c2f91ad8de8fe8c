import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ShellFacts } from '../../../../main/shell/facts.ts'
import { nobodyTold, noticesFor } from '../../../../main/shell/notices.ts'
import { shellFacts } from './shell-tenant.ts'

function told(...steps: readonly ShellFacts[]): string[] {
  let state = nobodyTold
  return steps.flatMap((facts) => {
    const next = noticesFor(state, facts)
    state = next.told
    return next.notices.map(({ kind, tenantId }) => `${kind} ${tenantId}`)
  })
}
const failing = shellFacts({ state: 'failing' })
const shaky = shellFacts({ state: 'shaky' })
const good = shellFacts({})

describe('notifications', () => {
  test('one when it starts failing, none for each run after, one when it is good again', () => {
    expect(told(good, failing, failing, failing, good, good)).toEqual(['failing 1', 'recovered 1'])
  })
  test('a single failure that may heal says nothing, neither from good nor from failing', () => {
    expect(told(good, shaky, good, failing, shaky, failing)).toEqual(['failing 1'])
  })
  test('tenants are told apart', () => {
    const both = shellFacts({ state: 'failing' }, { state: 'failing' })
    expect(told(failing, both, shellFacts({}, { state: 'failing' }))).toEqual([
      'failing 1',
      'failing 2',
      'recovered 1',
    ])
  })
  test('a tenant that is switched off or removed is forgotten without a word', () => {
    expect(told(failing, shellFacts({ state: 'failing', isEnabled: false }), shellFacts(), good)).toEqual([
      'failing 1',
    ])
  })
  test('a service that does not answer changes nothing', () => {
    expect(told(failing, { ...good, isReachable: false }, good)).toEqual(['failing 1', 'recovered 1'])
  })
  test('they say how many records wait', () => {
    const [one] = noticesFor(nobodyTold, shellFacts({ state: 'failing', needsYou: 1 })).notices
    expect(one).toMatchObject({
      title: 'Northwind needs you',
      body: expect.stringContaining('1 record waits'),
    })
  })
  test('whatever happens, failing and recovered take turns', () => {
    const step = fc.constantFrom(failing, shaky, good, { ...failing, isReachable: false })
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const said = told(...steps)
        expect(said).toEqual(said.map((_, at) => (at % 2 === 0 ? 'failing 1' : 'recovered 1')))
      }),
    )
  })
})
