import type { ShellFacts, ShellTenant } from '../../../../main/shell/facts.ts'

/** A tenant in good order. */
export const shellTenant = (change: Partial<ShellTenant> = {}): ShellTenant => ({
  id: 1,
  name: 'Northwind',
  instanceUrl: 'https://northwind.mydattocommerce.com',
  linkHosts: [],
  isEnabled: true,
  pausedUntil: null,
  isRunning: false,
  state: 'good',
  needsYou: 0,
  lastGoodAt: '2030-05-01T08:00:00.000Z',
  nextDueAt: '2030-05-01T08:15:00.000Z',
  ...change,
})

export const shellFacts = (...tenants: readonly Partial<ShellTenant>[]): ShellFacts => ({
  isReachable: true,
  tenants: tenants.map((change, at) => shellTenant({ id: at + 1, ...change })),
})
