import { describe, expect, test } from 'vitest'
import type { ShellFacts } from '../../../../main/shell/facts.ts'
import { type MenuEntry, type TraySurroundings, trayView } from '../../../../main/shell/tray-view.ts'
import { shellFacts } from './shell-tenant.ts'

const around: TraySurroundings = {
  nowMs: Date.parse('2030-05-01T08:05:00.000Z'),
  kind: 'own',
  inspectorPath: null,
  startsAtLogin: false,
  zone: 'UTC',
  locale: 'en-GB',
}
const view = (facts: ShellFacts, change: Partial<TraySurroundings> = {}) =>
  trayView(facts, { ...around, ...change })
const later = '2030-05-01T09:00:00.000Z'
const earlier = '2030-05-01T08:04:00.000Z'

function entry(menu: readonly MenuEntry[], ...labels: string[]) {
  let entries = menu
  let found: MenuEntry | undefined
  for (const label of labels) {
    found = entries.find((one) => one !== 'line' && one.label === label)
    entries = found && found !== 'line' && 'entries' in found ? found.entries : []
  }
  return found
}

describe('the icon', () => {
  test.each([
    ['no tenant', shellFacts(), 'idle'],
    ['all in order', shellFacts({}, {}), 'idle'],
    ['one is syncing', shellFacts({}, { isRunning: true }), 'syncing'],
    ['all paused', shellFacts({ pausedUntil: later }, { pausedUntil: later }), 'paused'],
    ['one of two paused', shellFacts({ pausedUntil: later }, {}), 'idle'],
    ['a pause that is over', shellFacts({ pausedUntil: earlier }), 'idle'],
    ['one failing, even while syncing', shellFacts({ isRunning: true }, { state: 'failing' }), 'attention'],
    ['a failing tenant that is switched off', shellFacts({ state: 'failing', isEnabled: false }), 'idle'],
    ['one failure that may heal', shellFacts({ state: 'shaky' }), 'idle'],
    ['the service does not answer', { ...shellFacts({}), isReachable: false }, 'attention'],
  ] as const)('%s', (_, facts, icon) => expect(view(facts).icon).toBe(icon))
})

describe('the tooltip', () => {
  test('says state, last and next sync', () => {
    expect(view(shellFacts({}, { lastGoodAt: null, nextDueAt: later })).tooltip).toBe(
      'Commerce Integrator\nAll is in order.\nLast sync 08:00\nNext sync 08:15',
    )
  })
  test('another day is named, and a paused tenant has no next sync', () => {
    const facts = shellFacts({ lastGoodAt: '2030-04-30T08:00:00.000Z', pausedUntil: later })
    expect(view(facts).tooltip).toBe('Commerce Integrator\nPaused.\nLast sync 30/04/2030 08:00')
  })
  test.each([
    [shellFacts(), 'No tenant yet.'],
    [shellFacts({ isEnabled: false }), 'No tenant is enabled.'],
    [shellFacts({ lastGoodAt: null }), 'Not synced yet'],
    [shellFacts({ isRunning: true }), 'Syncing Northwind.'],
    [shellFacts({ state: 'failing' }), 'Northwind needs you.'],
    [shellFacts({ state: 'failing' }, { state: 'failing' }), '2 tenants need you.'],
    [{ ...shellFacts({}), isReachable: false }, 'The service does not answer.'],
  ])('%# says "%s"', (facts, words) => expect(view(facts).tooltip).toContain(words))
  test('fits what Windows shows, whatever the name', () => {
    expect(view(shellFacts({ name: 'x'.repeat(100), isRunning: true })).tooltip.length).toBeLessThanOrEqual(
      127,
    )
  })
})

describe('the menu', () => {
  test('one tenant: one entry to sync it, none while it runs', () => {
    expect(entry(view(shellFacts({})).menu, 'Sync now')).toMatchObject({
      isEnabled: true,
      action: { tenantIds: [1] },
    })
    expect(entry(view(shellFacts({ isRunning: true })).menu, 'Sync now')).toMatchObject({ isEnabled: false })
  })
  test('several: all that do not run, or one', () => {
    const { menu } = view(
      shellFacts({}, { name: 'A & B' }, { isRunning: true, name: 'C' }, { isEnabled: false, name: 'D' }),
    )
    expect(entry(menu, 'Sync now', 'All tenants')).toMatchObject({
      action: { do: 'sync', tenantIds: [1, 2] },
    })
    expect(entry(menu, 'Sync now', 'A && B')).toMatchObject({ isEnabled: true, action: { tenantIds: [2] } })
    expect(entry(menu, 'Sync now', 'C (running)')).toMatchObject({ isEnabled: false })
    expect(entry(menu, 'Sync now', 'D')).toBeUndefined()
  })
  test('pauses what goes on, resumes what is paused', () => {
    const { menu } = view(shellFacts({ pausedUntil: later }, {}))
    expect(entry(menu, 'Pause', 'For 1 hour')).toMatchObject({
      action: { do: 'pause', tenantIds: [2], for: 'hour' },
    })
    expect(entry(menu, 'Pause', 'Until resumed')).toMatchObject({ action: { tenantIds: [2], for: 'good' } })
    expect(entry(menu, 'Resume')).toMatchObject({ action: { do: 'resume', tenantIds: [1] } })
    expect(entry(view(shellFacts({})).menu, 'Resume')).toBeUndefined()
  })
  test('nothing can be asked of a service that does not answer, but quitting can', () => {
    const { menu } = view(
      { ...shellFacts({}, { pausedUntil: later }), isReachable: false },
      { kind: 'service' },
    )
    for (const labels of [
      ['Sync now', 'All tenants'],
      ['Sync now', 'Northwind'],
      ['Pause', 'For 1 hour'],
      ['Resume'],
    ])
      expect(entry(menu, ...labels)).toMatchObject({ isEnabled: false })
    expect(entry(menu, 'Quit (the service goes on)')).toMatchObject({ isEnabled: true })
  })
  test('the inspector and the login item are there only where the program has them', () => {
    expect(entry(view(shellFacts()).menu, 'API inspector')).toBeUndefined()
    expect(entry(view(shellFacts(), { inspectorPath: '/requests' }).menu, 'API inspector')).toMatchObject({
      action: { do: 'open', path: '/requests' },
    })
    expect(entry(view(shellFacts(), { startsAtLogin: null }).menu, 'Start at login')).toBeUndefined()
    expect(entry(view(shellFacts(), { startsAtLogin: true }).menu, 'Start at login')).toMatchObject({
      isChecked: true,
      action: { do: 'login-item', isOn: false },
    })
  })
})
