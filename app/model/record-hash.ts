/**
 * A mapped record as text that is the same whenever the record is: for hashing ("unchanged" is decided by it; the hash itself is the
 * caller's). Keys are sorted at every level, so the order in which a record was put together does not matter; `statusToWrite` is left
 * out, because it is a command for one write and no property of the record.
 */
export function stableText(record: unknown): string {
  if (Array.isArray(record)) return `[${record.map(stableText).join(',')}]`
  if (record === null || typeof record !== 'object') return JSON.stringify(record) ?? 'null'
  const parts: string[] = []
  for (const [key, value] of Object.entries(record).sort(byKey)) {
    if (key !== 'statusToWrite' && value !== undefined)
      parts.push(`${JSON.stringify(key)}:${stableText(value)}`)
  }
  return `{${parts.join(',')}}`
}

const byKey = (a: [string, unknown], b: [string, unknown]): number => (a[0] < b[0] ? -1 : 1)
