import type { OutcomeKind, RunKind, RunOutcome, RunPhase } from '../app/model/outcome.ts'
import type { Entity } from '../app/model/tenant.ts'
import type { LadderStep, TenantHealth } from './api.ts'
import type { Look } from './ui/theme.ts'

/** Words of the screens. What went wrong, why and what to do comes from app/model/fault-words.ts, never from here. */

export const entityWords: Record<Entity, { one: string; many: string; path: string }> = {
  customers: { one: 'customer', many: 'Customers', path: '/customers' },
  quotes: { one: 'quote', many: 'Quotes', path: '/quotes' },
  salesOrders: { one: 'sales order', many: 'Sales orders', path: '/sales-orders' },
  products: { one: 'product', many: 'Products', path: '/products' },
}

/** The order in which people look for them, not the order in which they are synced. */
export const entitiesShown = ['customers', 'quotes', 'salesOrders', 'products'] as const

export const outcomeWords: Record<OutcomeKind, string> = {
  created: 'Created',
  updated: 'Updated',
  unchanged: 'Unchanged',
  skipped: 'Skipped',
  failed: 'Failed',
}

export const runOutcomeWords: Record<RunOutcome | 'running', string> = {
  done: 'Done',
  partial: 'Some failed',
  stopped: 'Stopped',
  cancelled: 'Cancelled',
  running: 'Running',
}

export const runKindWords: Record<RunKind, string> = {
  sync: 'Sync',
  preview: 'Preview',
  retry: 'Retry',
  reconcile: 'Reconcile',
  import: 'Import',
  'import-preview': 'Import preview',
  'import-undo': 'Undo of an import',
}

export const triggerWords: Record<'schedule' | 'person' | 'cli' | 'catch-up', string> = {
  schedule: 'by schedule',
  person: 'by a person',
  cli: 'from the command line',
  'catch-up': 'to catch up',
}

export const lookWords: Record<Look, { word: string; means: string }> = {
  system: {
    word: 'As the system',
    means: 'Light or dark as the operating system says; its contrast themes too.',
  },
  light: { word: 'Light', means: 'Always light.' },
  dark: { word: 'Dark', means: 'Always dark.' },
  contrast: { word: 'High contrast', means: 'White and strong colours on black.' },
}

export const phaseWords: Record<RunPhase, string> = {
  planning: 'Planning',
  reading: 'Reading',
  writing: 'Writing',
  checkpoint: 'Checkpoint',
  ended: 'Ended',
}

export const freshnessWords: Record<TenantHealth['freshness'], { word: string; means: string }> = {
  fresh: { word: 'Up to date', means: 'The last sync is as recent as the schedule asks.' },
  late: { word: 'Late', means: 'One scheduled sync was missed or did not succeed.' },
  stale: { word: 'Stale', means: 'Several scheduled syncs in a row were missed or did not succeed.' },
  never: { word: 'Never synced', means: 'No sync has succeeded yet.' },
  paused: { word: 'Paused', means: 'Scheduled syncs wait until the pause is over.' },
  disabled: { word: 'Disabled', means: 'This tenant is switched off: nothing is synced.' },
}

export const stepWords: Record<LadderStep['id'], string> = {
  address: 'Address',
  dns: 'Name lookup (DNS)',
  proxy: 'Proxy',
  tcp: 'Connection',
  tls: 'Secure connection (TLS)',
  key: 'API key',
  record: 'One real record',
  halo: 'Halo',
  'halo-instance': 'Halo: SQL Server instance',
  'halo-network': 'Halo: connection',
  'halo-certificate': 'Halo: certificate',
  'halo-login': 'Halo: login',
  'halo-database': 'Halo: database',
  'halo-rights': 'Halo: rights',
  schema: 'Halo tables and columns',
  'halo-record': 'Halo: one real client',
}

/** Commerce's own names (apis.md: quote and sales order status). Unknown numbers pass and are shown as they are. */
const quoteStatus: Readonly<Record<number, string>> = {
  0: 'Draft',
  1: 'Sent',
  2: 'Viewed',
  3: 'Won',
  4: 'Pending approval',
  5: 'Approved',
  90: 'Declined',
}
const orderStatus: Readonly<Record<number, string>> = {
  1: 'Draft',
  2: 'Approved',
  3: 'Processed',
  90: 'Cancelled',
}

/** The statuses that an entity can have, for a filter; empty for one without statuses. */
export function statusesOf(entity: Entity): readonly (readonly [number, string])[] {
  const words = entity === 'quotes' ? quoteStatus : entity === 'salesOrders' ? orderStatus : {}
  return Object.entries(words).map(([status, word]) => [Number(status), word] as const)
}

export function statusWord(entity: Entity, status: number | null): string {
  if (status === null) return ''
  const words = entity === 'quotes' ? quoteStatus : orderStatus
  return words[status] ?? `Status ${status}`
}

export { resourceWord } from '../app/model/resource-words.ts'
