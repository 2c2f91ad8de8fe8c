import type { HaloTarget } from './halo-target.ts'
import { isLinkAllowed } from './map/link.ts'
import type { Interpretation } from './mapping.ts'

/** Where a tenant's Halo is opened: that of its API, or what its settings say; '' where neither tells. Without a last slash. */
export function haloAddressOf(halo: HaloTarget, { haloAddress = '' }: Interpretation): string {
  const address =
    halo.kind === 'rest' ? halo.address.trim().replace(/\/+(api\/*)?$/i, '') : haloAddress.trim()
  const whole = address.replace(/\/+$/, '')
  return isLinkAllowed(`${whole}/`) ? whole : ''
}

/** A ticket's page in Halo (`/ticket?id=`, apis.md §2.4), on the tenant's own Halo; '' where its address is not known, or no ticket is linked. */
export function ticketLinkOf(address: string, ticketId: number | null): string {
  return address === '' || ticketId === null ? '' : `${address}/ticket?id=${ticketId}`
}
