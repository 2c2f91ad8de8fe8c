import type { Fault } from '../fault.ts'
import { readHaloError } from '../halo-error.ts'
import type { Subject } from './subject.ts'

/** Facts by the name that a person knows them by, in this order. */
const names: readonly (readonly [fact: string, name: string])[] = [
  ['field', 'Field'],
  ['column', 'Column'],
  ['table', 'What it points to'],
  ['id', 'Number'],
  ['value', 'Value'],
  ['limit', 'Room, in characters'],
  ['length', 'Length, in characters'],
  ['issuer', 'Issuer of the certificate'],
  ['subject', 'Certificate made out to'],
  ['validTo', 'Valid until (UTC)'],
  ['fingerprint', 'Fingerprint (SHA-256)'],
  ['host', 'Server'],
  ['port', 'Port'],
  ['target', 'Sent on to'],
  ['proxy', 'Proxy'],
  ['schemes', 'Logins that the proxy offers'],
  ['product', 'Written by'],
  ['perMinute', 'Requests allowed a minute'],
  ['perDay', 'Requests allowed a day'],
  ['usedToday', 'Requests sent today'],
  ['user', 'Login'],
  ['reason', 'The system’s own name for it'],
]

/** What is known about a fault, named for a person; what the words above already are is not said again in full. */
export function detailsOf(subject: Subject, found: Fault): readonly (readonly [string, string])[] {
  const facts: Record<string, string | number> = {
    ...found.facts,
    ...(subject.proxy ? { proxy: subject.proxy } : {}),
  }
  const known = names.flatMap(([fact, name]) => {
    const value = facts[fact]
    return value === undefined || value === '' ? [] : [[name, String(value)] as const]
  })
  const asked = subject.headers.get('retry-after')
  const title = subject.isPage ? readHaloError(subject.words).complaints[0]?.text : undefined
  return [
    ...(title ? [['Title of the page', title] as const] : []),
    ...known,
    ...(asked ? [['Asked to wait (Retry-After)', /^\d+$/.test(asked) ? `${asked} s` : asked] as const] : []),
  ]
}
