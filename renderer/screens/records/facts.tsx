import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { HaloCustomer, HaloOrder, HaloProduct, HaloQuote } from '../../../app/model/halo.ts'
import type { RecordRow, RecordView } from '../../api.ts'
import { amount } from '../../ui/format.ts'
import { Time } from '../../ui/time.tsx'
import { statusWord } from '../../words.ts'
import { periodWord } from '../../words-of-lines.ts'
import { actor } from '../quote-actions/actor.ts'
import { GroupName } from './group-name.tsx'

type Fact = readonly [string, ReactNode]

/** What is known of a record: where it stands, and what it becomes in Halo. */
export function factsOf(record: RecordRow, view: RecordView | null): readonly Fact[] {
  const { mapped } = view ?? { mapped: null }
  return [
    ...statusFacts(record),
    ...(mapped ? ownFacts(record, view, mapped) : []),
    ['In Halo', record.haloId === null ? 'Not yet' : `Yes, id ${record.haloId}`],
    ...madeFacts(record, view),
    ['Commerce id', record.commerceId],
    ['Changed in Commerce', <Time key="modified" at={record.modifiedAt} />],
    ['Synced', <Time key="synced" at={record.syncedAt} none="Not yet" />],
    ['Last run', <Link key="run" href={`/runs/${record.lastRun}`}>{`Run ${record.lastRun}`}</Link>],
  ]
}

/** Orders that a person made in Halo from a quote: on the quote's page, and on that of the order which it has become. */
const madeFacts = (record: RecordRow, view: RecordView | null): readonly Fact[] =>
  (view?.made ?? []).map(({ who, madeAt, haloId, quote, order }) => [
    record.entity === 'quotes' ? `Sales order ${haloId} in Halo` : 'Made here',
    <span key={haloId}>
      {record.entity === 'quotes' ? (
        'Made here'
      ) : (
        <>
          From quote <Link href={`/quotes/${record.tenantId}/${quote.commerceId}`}>{quote.label}</Link>
        </>
      )}{' '}
      by {actor(who)} <Time at={madeAt} />
      {record.entity === 'quotes' && order && (
        <>
          , now <Link href={`/sales-orders/${record.tenantId}/${order.commerceId}`}>{order.label}</Link>
        </>
      )}
    </span>,
  ])

const statusFacts = (record: RecordRow): readonly Fact[] =>
  record.status === null ? [] : [['Status in Commerce', statusWord(record.entity, record.status)]]

function ownFacts(
  record: RecordRow,
  view: RecordView | null,
  mapped: NonNullable<RecordView['mapped']>,
): readonly Fact[] {
  if (record.entity === 'quotes') return quoteFacts(record, view, mapped as HaloQuote)
  if (record.entity === 'salesOrders') return orderFacts(record, view, mapped as HaloOrder)
  if (record.entity === 'customers') return customerFacts(mapped as HaloCustomer)
  return productFacts(record.tenantId, mapped as HaloProduct)
}

const filled = (...facts: readonly Fact[]): readonly Fact[] => facts.filter(([, value]) => value !== '')

const linesOf = (address: HaloQuote['delivery']['address']): string =>
  [address.line1, address.line2, address.line3, address.line4, address.postcode]
    .filter((line) => line !== '')
    .join(', ')

const contactOf = ({ contact }: Pick<HaloQuote, 'contact'>): string =>
  [contact.name, contact.email].filter((part) => part !== '').join(', ')

function counterpart(path: string, { tenantId }: RecordRow, view: RecordView | null): ReactNode {
  const other = view?.counterpart
  return other ? <Link href={`${path}/${tenantId}/${other.commerceId}`}>{other.label}</Link> : ''
}

const quoteFacts = (record: RecordRow, view: RecordView | null, mapped: HaloQuote): readonly Fact[] =>
  filled(
    ['Quote number', mapped.number],
    ['Contact', contactOf(mapped)],
    ['Made', <Time key="made" at={mapped.createdAt} />],
    ['Valid until', <Time key="until" at={mapped.expiresAt} />],
    ['Sales order', counterpart('/sales-orders', record, view)],
    ['Delivery', linesOf(mapped.delivery.address)],
  )

const orderFacts = (record: RecordRow, view: RecordView | null, mapped: HaloOrder): readonly Fact[] =>
  filled(
    ['Order number', mapped.number],
    ["Customer's reference", mapped.reference],
    ['Contact', contactOf(mapped)],
    ['Ordered', <Time key="ordered" at={mapped.orderedAt} />],
    ['Quote', counterpart('/quotes', record, view)],
    ['Delivery', linesOf(mapped.delivery.address)],
  )

const customerFacts = (mapped: HaloCustomer): readonly Fact[] =>
  filled(
    ['Account', mapped.reference],
    ['Tax number', mapped.taxNumber],
    ['Billing address', linesOf(mapped.address)],
    ...mapped.extra.map(({ to, value }): Fact => [`Mapped: ${to}`, value === null ? '' : String(value)]),
  )

function productFacts(tenantId: number, mapped: HaloProduct): readonly Fact[] {
  const price = mapped.recurringPrice ?? mapped.price
  return filled(
    ['SKU', mapped.sku],
    [
      mapped.isRecurring ? 'Recurring price' : 'Price',
      <span key="price" title={String(price)}>
        {amount(price)}
      </span>,
    ],
    ['Billing period', periodWord(mapped.billingPeriod)],
    ['Product group', <GroupName key="group" tenantId={tenantId} groupId={mapped.groupId} />],
    ['Consignable', mapped.isConsignable ? 'Yes' : 'No'],
    ['Tax', mapped.taxCode === null ? 'As set in Halo' : mapped.taxCode],
    ['Active in Commerce', mapped.isActive ? 'Yes' : 'No'],
    ['Created', <Time key="created" at={mapped.createdAt} />],
  )
}
