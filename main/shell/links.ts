/** Addresses that reach the shell from outside or want out of it. Pure. */

export const pageScheme = 'app'
/** The one origin of our page: a host of its own, so that addresses have paths as on the web. */
export const pageOrigin = `${pageScheme}://commerce-integrator`
export const linkScheme = 'commerce-integrator'

const entityPaths: Readonly<Record<string, string>> = {
  customers: 'customers',
  quotes: 'quotes',
  salesOrders: 'sales-orders',
  products: 'products',
}
/** Nine digits are more rows than a store ever has, and safe as a number. */
const id = '[1-9]\\d{0,8}'
const plainLink = new RegExp(`^${linkScheme}://(run|exchange|tenant)/(${id})/?$`)
const recordLink = new RegExp(`^${linkScheme}://record/(\\w+)/(${id})/(${id})/?$`)
const screens = { run: 'runs', exchange: 'requests', tenant: 'tenants' } as const

/**
 * The screen that a deep link means, as a path of the page: run/ID, exchange/ID, tenant/ID, and record/ENTITY/TENANT/ID (a record's
 * number is unique only within both). Null for anything else: a link comes from any page or mail, so only these exact shapes pass.
 */
export function pathOfLink(link: string): string | null {
  const plain = plainLink.exec(link)
  if (plain) return `/${screens[plain[1] as keyof typeof screens]}/${plain[2]}`
  const record = recordLink.exec(link)
  const entity = record?.[1] === undefined ? undefined : entityPaths[record[1]]
  return record && entity && Object.hasOwn(entityPaths, record[1] ?? '')
    ? `/${entity}/${record[2]}/${record[3]}`
    : null
}

/** The first deep link among a start's arguments, as the path of its screen (Windows and Linux pass a link so). */
export function pathInArguments(argv: readonly string[]): string | null {
  for (const argument of argv) {
    const path = argument.startsWith(`${linkScheme}://`) ? pathOfLink(argument) : null
    if (path) return path
  }
  return null
}

/** Whether an address is of our own page. */
export function isOurPage(address: string): boolean {
  const url = URL.parse(address)
  return url !== null && url.protocol === `${pageScheme}:` && url.host === new URL(pageOrigin).host
}

/** Whether the browser may be sent there: https on the usual port, without a login, and the very host of a tenant's portal. */
export function mayOpenOutside(address: string, hosts: readonly string[]): boolean {
  const url = URL.parse(address)
  if (url === null || url.protocol !== 'https:' || url.username !== '' || url.password !== '') return false
  return hosts.includes(url.host)
}

/** The hosts of the tenants' portals; an address that is no https leads to none. */
export function hostsOf(instanceUrls: readonly string[]): readonly string[] {
  return instanceUrls.flatMap((address) => {
    const url = URL.parse(address)
    return url?.protocol === 'https:' ? [url.host] : []
  })
}
