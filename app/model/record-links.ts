import { fillLink, hostOfLink, type LinkValues } from './map/link.ts'
import type { Entity, Tenant } from './tenant.ts'

/** Where a person goes from a record; '' where the tenant's settings give no address that may be opened. */
export type RecordLinks = {
  /** The record in Datto Commerce. */
  readonly view: string
  /** A new quote for its customer, in Datto Commerce. */
  readonly raise: string
}

type Known = Omit<LinkValues, 'base'>

/** The links of one record. `customer`: whose it is, for raising a quote; null: none can be raised. */
export function linksOf(tenant: Tenant, entity: Entity, record: Known, customer: Known | null): RecordLinks {
  const { quoteLink, orderLink, customerLink, productLink, raiseQuoteLink } = tenant.mapping.interpretation
  const templates: Readonly<Record<Entity, string>> = {
    quotes: quoteLink,
    salesOrders: orderLink,
    customers: customerLink,
    products: productLink,
  }
  return {
    view: openable(tenant, templates[entity], record),
    raise: customer === null ? '' : openable(tenant, raiseQuoteLink, customer),
  }
}

/** Only https, and only to the tenant's own portal or a host that its settings name: what Commerce sent must lead nobody elsewhere. */
function openable(tenant: Tenant, template: string, values: Known): string {
  const link = fillLink(template, { ...values, base: tenant.instanceUrl })
  const hosts = [hostOfLink(tenant.instanceUrl), ...tenant.mapping.interpretation.linkHosts]
  const isOurs = hosts.some((host) => host !== '' && host.toLowerCase() === hostOfLink(link))
  return link.startsWith('https://') && isOurs ? link : ''
}
