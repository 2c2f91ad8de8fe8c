import type { HaloTarget } from './halo-target.ts'
import { hostOfLink, isLinkAllowed } from './map/link.ts'

/** A ticket's page in Halo (`/ticket?id=`, apis.md §2.4), on the tenant's own Halo; '' where no address of it is known, or no ticket is linked. */
export function ticketLinkOf(halo: HaloTarget, ticketId: number | null): string {
  if (halo.kind !== 'rest' || ticketId === null) return ''
  const address = halo.address.trim()
  const host = hostOfLink(address)
  const link = `${/^http:/i.test(address) ? 'http' : 'https'}://${host}/ticket?id=${ticketId}`
  return host !== '' && isLinkAllowed(link) ? link : ''
}
