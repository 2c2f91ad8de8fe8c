import { createHash } from 'node:crypto'
import type { Fault } from '../model/fault.ts'
import type { Entity } from '../model/tenant.ts'

/** Facts that say which record it was, not why it failed. */
const personal = new Set([
  'id',
  'commerceId',
  'haloId',
  'label',
  'name',
  'number',
  'title',
  'row',
  'line',
  'lineId',
  'value',
  'length',
  'page',
  'url',
  'file',
  'seconds',
  'waitMs',
])
const longest = 200

/** Equal for failures with the same cause: the code and the facts that name the cause, in a fixed order. At most 200 characters. */
export function causeOf(fault: Fault): string {
  const facts = Object.entries(fault.facts ?? {})
    .filter(([name]) => !personal.has(name))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
  const cause = [fault.code, ...facts].join(' ')
  if (cause.length <= longest) return cause
  const digest = createHash('sha256').update(cause).digest('hex').slice(0, 16)
  return `${cause.slice(0, longest - 17)} ${digest}`
}

/** The fault without the facts that say which record it was: what is true of all in a group. */
export function generalOf(fault: Fault): Fault {
  const { facts, raw: _raw, exchangeId: _exchangeId, ...rest } = fault
  const general = Object.entries(facts ?? {}).filter(([name]) => !personal.has(name))
  return { ...rest, ...(general.length > 0 ? { facts: Object.fromEntries(general) } : {}) }
}

/** One text that names a group, for addresses and calls. */
export const groupKey = (tenantId: number, entity: Entity, cause: string): string =>
  `${tenantId}/${entity}/${cause}`

/** The parts of a group's key; null when it is none. */
export function readGroupKey(key: string): { tenantId: number; entity: string; cause: string } | null {
  const found = /^(\d+)\/([a-zA-Z]+)\/(.+)$/s.exec(key)
  return found?.[2] && found[3] ? { tenantId: Number(found[1]), entity: found[2], cause: found[3] } : null
}
