import { ArrowRight16Regular } from '@fluentui/react-icons'
import { Link } from 'wouter'
import type { Fault, FaultCode } from '../../app/model/fault.ts'
import type { Entity } from '../../app/model/tenant.ts'
import css from './fix-link.module.css'

type Place = { readonly words: string; readonly path: string }

const details: readonly FaultCode[] = [
  ...(['key-refused', 'key-missing', 'forbidden', 'secret-lost', 'url-invalid', 'url-insecure'] as const),
  ...([
    'not-commerce',
    'redirected',
    'halo-login',
    'halo-rights',
    'halo-unreachable',
    'halo-schema',
  ] as const),
  ...(['halo-column-missing', 'halo-damaged'] as const),
]
const network: readonly FaultCode[] = ['tls-untrusted', 'tls-expired', 'proxy-login', 'proxy-failed']

/** The form in which this can be put right; null where nothing here can (the record itself, another server, a full disk). */
export function fixOf({ code }: Pick<Fault, 'code'>, entity: Entity, tenantId: number): Place | null {
  const tenant = (tab: string, words: string): Place => ({ words, path: `/tenants/${tenantId}/${tab}` })
  if (code === 'status-unmapped' || code === 'status-not-chosen')
    return entity === 'salesOrders'
      ? tenant('orders', 'Map sales order statuses')
      : tenant('quotes', 'Map quote statuses')
  if (code === 'group-missing') return tenant('quotes', 'Map product groups')
  if (code === 'field-unmapped' || code === 'halo-field-mandatory' || code === 'halo-value-too-long')
    return entity === 'customers' ? tenant('customers', 'Open the field mapping') : null
  if (code === 'tenant-disabled') return tenant('integrator', 'Open the integrator settings')
  if (details.includes(code)) return tenant('details', 'Open the connection')
  return network.includes(code) ? { words: 'Open the network settings', path: '/settings/network' } : null
}

type FixLinkProps = { readonly fault: Fault; readonly entity: Entity; readonly tenantId: number }

/** The one way to put a fault right, where there is one. */
export function FixLink({ fault, entity, tenantId }: FixLinkProps) {
  const fix = fixOf(fault, entity, tenantId)
  if (!fix) return null
  return (
    <Link href={fix.path} className={css.fix}>
      {fix.words}
      <ArrowRight16Regular aria-hidden="true" />
    </Link>
  )
}
