import { CheckmarkCircle16Filled, Warning16Filled } from '@fluentui/react-icons'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { unfilledMandatory } from '../../../app/model/mapping-checks.ts'
import type { Tenant } from '../../../app/model/tenant.ts'
import { plural } from '../../ui/format.ts'
import { Panel, Section } from '../../ui/page.tsx'
import { unmapped } from './field-map.ts'
import { inherited, treeOf } from './group-tree.ts'
import css from './mapping.module.css'
import { type CategoryRow, type HaloChoices, type StatusCount, useStatusCounts } from './mapping-asks.ts'
import { statusRows } from './status-rows.ts'

type UnmappedProps = {
  readonly tenant: Tenant
  readonly choices: HaloChoices | null
  readonly categories: readonly CategoryRow[] | null
}

/** What of Commerce has no place in Halo yet, each with the way to where it is mapped. */
export function UnmappedSection({ tenant, choices, categories }: UnmappedProps) {
  const { mapping } = tenant
  const quotes = lacking('quotes', useStatusCounts(tenant.id, 'quotes'), mapping.quoteStatus, () => true)
  const orders = lacking(
    'salesOrders',
    useStatusCounts(tenant.id, 'salesOrders'),
    mapping.orderStatus,
    (status) => mapping.orderStatusesToImport.includes(status),
  )
  const groups = treeOf(categories ?? []).filter(
    (row) =>
      row.products > 0 &&
      mapping.groups[String(row.id)] === undefined &&
      inherited(row, mapping.groups) === null,
  )
  const products = groups.reduce((sum, row) => sum + row.products, 0)
  const mandatory = unfilledMandatory(mapping.customerFields, choices?.clientFields ?? [])
  const fields = unmapped(mapping.customerFields).length
  const at = (tab: string): string => `/tenants/${tenant.id}/${tab}`
  return (
    <Section title="Not mapped">
      <Panel>
        <ul className={css.lacks} aria-label="Not mapped">
          <Lack href={at('quotes')} count={quotes.statuses} good="Every quote status in use is mapped">
            {plural(quotes.statuses, 'quote status in use', 'quote statuses in use')},{' '}
            {plural(quotes.records, 'quote')}
          </Lack>
          <Lack href={at('orders')} count={orders.statuses} good="Every sales order status in use is mapped">
            {plural(orders.statuses, 'sales order status in use', 'sales order statuses in use')},{' '}
            {plural(orders.records, 'sales order')}
          </Lack>
          <Lack href={at('quotes')} count={groups.length} good="Every category with products has a group">
            {plural(groups.length, 'category', 'categories')} with {plural(products, 'product')}: they go to
            the default group
          </Lack>
          <Lack
            href={at('customers')}
            count={mandatory.length}
            good="No mandatory field of Halo is left empty"
          >
            {plural(mandatory.length, 'mandatory field')} of Halo's clients:{' '}
            {mandatory.map(({ label }) => label).join(', ')}
          </Lack>
          <li>
            <Link href={at('customers')}>{plural(fields, 'Commerce field')}</Link>
            <span className="quiet">of customers, contacts and addresses that no row takes</span>
          </li>
        </ul>
      </Panel>
    </Section>
  )
}

function lacking(
  entity: 'quotes' | 'salesOrders',
  counts: readonly StatusCount[],
  map: Readonly<Record<string, number | null>>,
  isImported: (status: number) => boolean,
) {
  const rows = statusRows(entity, counts, map).filter(
    ({ key, isUnmapped }) => isUnmapped && isImported(Number(key)),
  )
  return { statuses: rows.length, records: rows.reduce((sum, { records }) => sum + records, 0) }
}

type LackProps = {
  readonly href: string
  readonly count: number
  readonly good: string
  readonly children: ReactNode
}

function Lack({ href, count, good, children }: LackProps) {
  return (
    <li data-lacks={count > 0}>
      {count > 0 ? <Warning16Filled aria-hidden="true" /> : <CheckmarkCircle16Filled aria-hidden="true" />}
      {count > 0 ? <Link href={href}>{children}</Link> : <span>{good}</span>}
    </li>
  )
}
