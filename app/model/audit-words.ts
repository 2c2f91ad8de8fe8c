/** One value that a change of settings changed. `detail` says which of several ("90" of the quote statuses). */
export type AuditDifference = {
  readonly field: string
  readonly detail: string
  readonly before: string | null
  readonly after: string | null
}

/** What the fields of settings are called, by their path; the longest that fits names a value. */
const names: Readonly<Record<string, string>> = {
  name: 'Name',
  instanceUrl: 'Instance address',
  apiUrl: 'API address',
  keyIn: 'Where the key is sent',
  isEnabled: 'Enabled',
  syncFrom: 'Sync from',
  requestsPerMinute: 'Requests a minute',
  requestsPerDay: 'Requests a day',
  reserve: 'Reserve for people',
  halo: 'Halo',
  schedule: 'Schedule',
  reconcile: 'Reconcile',
  pausedUntil: 'Paused until',
  entities: 'What is synced',
  'mapping.customerFields': 'Customer fields',
  'mapping.quoteStatus': 'Quote statuses',
  'mapping.orderStatus': 'Sales order statuses',
  'mapping.orderStatusesToImport': 'Sales orders to import',
  'mapping.groups': 'Product groups',
  'mapping.defaultGroup': 'Default group',
  'mapping.createItemsFromQuotes': 'Items from quotes',
  'mapping.setProductSupplier': 'Product supplier',
  'mapping.interpretation': 'How values are read, and links',
  mapping: 'Mapping',
  template: 'Template',
  logo: 'Logo',
  mail: 'Mail server',
  proxy: 'Proxy',
  authorities: 'Certificate authorities',
  quote: 'Quote',
  ticket: 'Ticket in Halo',
  status: 'Status in Halo',
  count: 'Records',
  reason: 'Reason',
  which: 'Which records',
}

/** Fields that say nothing to a person. */
const silent = new Set(['id', 'createdAt', 'version', 'quoteId', 'undo'])
/** A settings object with more differences than this is shown by its first ones. */
const most = 200

/** What differs between two states of settings, value by value, in the order of the fields. Either side may be absent (added, removed). */
export function auditDifferences(before: unknown, after: unknown): readonly AuditDifference[] {
  const was = new Map(leavesOf(before))
  const is = new Map(leavesOf(after))
  const paths = [...new Set([...was.keys(), ...is.keys()])]
  return paths
    .filter((path) => was.get(path) !== is.get(path))
    .slice(0, most)
    .map((path) => ({ ...nameOf(path), before: was.get(path) ?? null, after: is.get(path) ?? null }))
}

function leavesOf(value: unknown, path = ''): [string, string][] {
  if (value === null || value === undefined) return []
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object' || item === null))
    return [[path, value.join(', ')]]
  if (typeof value !== 'object') return [[path, wordOf(value)]]
  return Object.entries(value)
    .filter(([name]) => path !== '' || !silent.has(name))
    .flatMap(([name, inner]) => leavesOf(inner, path === '' ? name : `${path}.${name}`))
}

const wordOf = (value: unknown): string => (value === true ? 'yes' : value === false ? 'no' : String(value))

function nameOf(path: string): Pick<AuditDifference, 'field' | 'detail'> {
  const parts = path.split('.')
  for (let length = parts.length; length > 0; length -= 1) {
    const name = names[parts.slice(0, length).join('.')]
    if (name) return { field: name, detail: parts.slice(length).join(' ') }
  }
  return { field: path === '' ? 'Value' : path, detail: '' }
}
