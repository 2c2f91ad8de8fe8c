import { describe, expect, test } from 'vitest'
import { factsOf } from '../../../../main/shell/facts.ts'

const tenant = {
  id: 1,
  name: 'Northwind',
  instanceUrl: 'https://n.example',
  isEnabled: true,
  pausedUntil: null,
}
type Run = Parameters<typeof factsOf>[1][number]['recentRuns'][number]
const run = (outcome: string | null, next?: 'retry' | 'setup', more: Partial<Run> = {}): Run => ({
  kind: 'sync',
  outcome,
  fault: next ? { code: next === 'retry' ? 'timeout' : 'key-refused', next } : null,
  ...more,
})

function stateOf(runs: readonly Run[], needsYou = 0) {
  const health = {
    tenantId: 1,
    lastGoodAt: null,
    nextDueAt: null,
    recentRuns: [...runs],
    failures: { needsYou },
  }
  return factsOf([{ tenant }], [health], []).tenants[0]?.state
}

describe('how a tenant is doing', () => {
  test.each([
    ['nothing ran yet', [], 'good'],
    ['the last run was good', [run('done'), run('stopped', 'setup')], 'good'],
    ['some records failed, and heal by themselves', [run('partial')], 'good'],
    ['a person must act', [run('stopped', 'setup'), run('done')], 'failing'],
    ['one time-out', [run('stopped', 'retry'), run('done')], 'shaky'],
    ['two time-outs running', [run('stopped', 'retry'), run('stopped', 'retry')], 'failing'],
    ['one runs, the one before stopped', [run(null), run('stopped', 'setup')], 'failing'],
    ['a person cancelled', [run('cancelled'), run('done')], 'good'],
    ['only a preview stopped', [run('stopped', 'setup', { kind: 'preview' }), run('done')], 'good'],
    [
      'the program was ended in the middle',
      [run('stopped', 'retry', { fault: { code: 'interrupted', next: 'retry' } }), run('done')],
      'good',
    ],
  ] as const)('%s', (_, runs, state) => expect(stateOf(runs)).toBe(state))

  test('records that wait for a person make it failing', () => {
    expect(stateOf([run('partial')], 2)).toBe('failing')
  })

  test('the hosts of its links are known, also from a service that does not tell them', () => {
    const mapping = { interpretation: { linkHosts: ['quotes.example'] } }
    const facts = factsOf([{ tenant: { ...tenant, mapping } }, { tenant: { ...tenant, id: 2 } }], [], [])
    expect(facts.tenants.map(({ linkHosts }) => linkHosts)).toEqual([['quotes.example'], []])
  })

  test('a ticket is opened in its own Halo', () => {
    const halo = { kind: 'rest', address: 'https://North.halopsa.com/api' }
    const mapping = { interpretation: { haloAddress: 'https://halo.example:8443' } }
    const facts = factsOf([{ tenant: { ...tenant, halo } }, { tenant: { ...tenant, mapping } }], [], [])
    expect(facts.tenants.map(({ linkHosts }) => linkHosts)).toEqual([
      ['north.halopsa.com'],
      ['halo.example:8443'],
    ])
  })

  test('live runs and times are joined by tenant', () => {
    const other = { ...tenant, id: 2, name: 'Contoso' }
    const facts = factsOf(
      [{ tenant }, { tenant: other }],
      [
        {
          tenantId: 2,
          lastGoodAt: '2030-01-01T00:00:00.000Z',
          nextDueAt: null,
          recentRuns: [],
          failures: { needsYou: 0 },
        },
      ],
      [{ tenantId: 2 }],
    )
    expect(facts.tenants.map(({ isRunning, lastGoodAt }) => [isRunning, lastGoodAt])).toEqual([
      [false, null],
      [true, '2030-01-01T00:00:00.000Z'],
    ])
  })
})
