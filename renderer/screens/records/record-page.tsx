import { Link } from 'wouter'
import type { HaloCustomer } from '../../../app/model/halo.ts'
import type { Entity } from '../../../app/model/tenant.ts'
import { type Answers, api, type RecordRow, type RecordView, useAsk } from '../../api.ts'
import { idIn, useAddress } from '../../ui/address.ts'
import { Skeleton } from '../../ui/empty.tsx'
import { useTenants } from '../../ui/filters.tsx'
import { plural } from '../../ui/format.ts'
import { StateMark } from '../../ui/mark.tsx'
import { Facts, Page, Panel, Section } from '../../ui/page.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { Time } from '../../ui/time.tsx'
import { Trouble, Unanswered } from '../../ui/trouble.tsx'
import { entityWords } from '../../words.ts'
import { FailureStory } from '../attention/failure-story.tsx'
import { NotThere } from '../not-there.tsx'
import { quoteOf } from '../quote-actions/actions.tsx'
import { QuoteInHaloPanel } from '../quote-actions/quote-in-halo.tsx'
import { SentPart } from '../send-quote/sent-part.tsx'
import { CustomerPart } from './customer-part.tsx'
import { factsOf } from './facts.tsx'
import { HaloPart } from './halo-part.tsx'
import { HistoryPart } from './history-part.tsx'
import { LinesPart } from './lines-part.tsx'
import { OfCustomer } from './of-customer.tsx'
import css from './record.module.css'
import { ReadOnly, RecordActions } from './record-menu.tsx'
import { RequestsPart } from './requests-part.tsx'
import { SourceFields } from './source-fields.tsx'

type Detail = NonNullable<Answers['records']['get']>
type KnownDetail = Detail & { readonly record: RecordRow }

/** One record from both sides: what it is, what Halo has of it, what became of it run by run, and what Commerce sent. */
export function RecordPage({ entity, tenantId, commerceId }: RecordPageProps) {
  const ids = { tenantId: idIn(tenantId), commerceId: idIn(commerceId) }
  const { data, error, refetch } = useAsk(['records.get', entity, tenantId, commerceId], (signal) =>
    ids.tenantId === null || ids.commerceId === null
      ? Promise.resolve(null)
      : api.records.get.query({ entity, tenantId: ids.tenantId, commerceId: ids.commerceId }, { signal }),
  )
  // Both are asked at once, and shown together: nothing moves when the second answer comes.
  const viewed = useAsk(['records.view', entity, tenantId, commerceId], (signal) =>
    ids.tenantId === null || ids.commerceId === null
      ? Promise.resolve(null)
      : api.records.view.query({ entity, tenantId: ids.tenantId, commerceId: ids.commerceId }, { signal }),
  )
  const { one } = entityWords[entity]
  if (data === null) return <NotThere what={`This ${one}`} />
  if (!data || viewed.isPending) {
    return (
      <Page title={entityWords[entity].many}>
        {error ? <Unanswered error={error} again={() => void refetch()} /> : <Skeleton lines={8} />}
      </Page>
    )
  }
  const { record } = data
  return record ? (
    <Loaded
      key={`${entity} ${tenantId} ${commerceId}`}
      {...data}
      record={record}
      view={viewed.data ?? null}
    />
  ) : (
    <Unread entity={entity} history={data.history} />
  )
}
type RecordPageProps = { readonly entity: Entity; readonly tenantId: string; readonly commerceId: string }

function Loaded({ view, ...detail }: KnownDetail & { readonly view: RecordView | null }) {
  const { record } = detail
  const { tenantId, entity, commerceId } = record
  const { many, path } = entityWords[entity]
  const tenant = useTenants().find(({ id }) => id === tenantId)
  const { get } = useAddress()
  const parts = partsOf(entity)
  const shown = parts.find(({ id }) => id === get('part')) ?? parts[0]
  const here = `${path}/${tenantId}/${commerceId}`
  return (
    <Page
      title={record.number && record.name ? `${record.number} ${record.name}` : record.label}
      beside={
        <>
          <StateMark kind={record.lastKind} />
          <ReadOnly entity={entity} />
        </>
      }
      sub={
        <>
          <Link href={path}>{many}</Link>
          {tenant && <Link href={`/tenants/${tenant.id}`}>{tenant.name}</Link>}
          {record.customerName && entity !== 'customers' && (
            <Link href={`/customers/${tenantId}/${record.customerId}`}>{record.customerName}</Link>
          )}
        </>
      }
      actions={<RecordActions record={record} links={view?.links} />}
    >
      <div className={css.top}>
        <Troubles record={record} view={view} />
        <Panel>
          <Facts facts={factsOf(record, view)} />
        </Panel>
        {entity === 'quotes' && record.haloId !== null && (
          <QuoteInHaloPanel quote={{ ...quoteOf(record), haloId: record.haloId }} />
        )}
      </div>
      <Tabs
        label="Parts of this record"
        shown={shown.id}
        tabs={parts.map(({ id, name }, at) => ({ id, name, href: at === 0 ? here : `${here}?part=${id}` }))}
      />
      <Part which={shown.id} detail={detail} view={view} />
    </Page>
  )
}

type PartId = 'lines' | 'sent' | 'details' | 'quotes' | 'orders' | 'halo' | 'history' | 'requests' | 'source'
type PartTab = { readonly id: PartId; readonly name: string }

/** The first is what opens. */
function partsOf(entity: Entity): readonly [PartTab, ...PartTab[]] {
  const common: readonly PartTab[] = [
    { id: 'halo', name: 'Compare with Halo' },
    { id: 'history', name: 'History' },
    { id: 'requests', name: 'Requests' },
    { id: 'source', name: 'As sent' },
  ]
  if (entity === 'customers') {
    return [
      { id: 'details', name: 'Contacts' },
      { id: 'quotes', name: 'Quotes' },
      { id: 'orders', name: 'Sales orders' },
      ...common,
    ]
  }
  if (entity === 'products') return [{ id: 'halo', name: 'Compare with Halo' }, ...common.slice(1)]
  if (entity === 'quotes')
    return [{ id: 'lines', name: 'Lines and totals' }, ...common, { id: 'sent', name: 'Mails' }]
  return [{ id: 'lines', name: 'Lines and totals' }, ...common]
}

type PartProps = { readonly which: PartId; readonly detail: KnownDetail; readonly view: RecordView | null }

function Part({ which, detail, view }: PartProps) {
  const { record, history, source } = detail
  const { tenantId, entity, commerceId } = record
  const ids = { tenantId, entity, commerceId }
  switch (which) {
    case 'lines':
      if (!view) return <Skeleton lines={8} />
      return view.lines ? <LinesPart view={view.lines} tenantId={tenantId} /> : <NoLines view={view} />
    case 'sent':
      return <SentPart tenantId={tenantId} quoteId={commerceId} title={record.label} />
    case 'details':
      return view?.mapped ? (
        <CustomerPart mapped={view.mapped as HaloCustomer} addresses={view.addresses} />
      ) : (
        <Skeleton lines={4} />
      )
    case 'quotes':
      return <OfCustomer tenantId={tenantId} customerId={commerceId} entity="quotes" />
    case 'orders':
      return <OfCustomer tenantId={tenantId} customerId={commerceId} entity="salesOrders" />
    case 'halo':
      return <HaloPart {...ids} />
    case 'history':
      return (
        <div>
          <FailureStory {...ids} />
          <HistoryPart history={history} />
        </div>
      )
    case 'requests':
      return <RequestsPart {...ids} />
    case 'source':
      return source ? <SourceFields json={source} /> : <p className="quiet">It is not kept.</p>
  }
}

const NoLines = ({ view }: { view: RecordView }) =>
  view.obstacle ? (
    <p className="quiet">It is left out, so no lines were worked out for Halo.</p>
  ) : (
    <p className="quiet">It has no lines.</p>
  )

/** What is wrong with it, what is worth knowing, whether it is still there. */
function Troubles({ record, view }: { record: RecordRow; view: RecordView | null }) {
  const { one } = entityWords[record.entity]
  const notes = record.notes.length > 0 ? record.notes : (view?.notes ?? [])
  return (
    <>
      {record.lastFault && <Trouble fault={record.lastFault} />}
      {record.goneAt && (
        <p className="quiet">
          Commerce no longer has this {one} (seen <Time at={record.goneAt} />
          ). Halo keeps it.
        </p>
      )}
      {notes.length > 0 && (
        <details className={css.notes}>
          <summary>{`${plural(notes.length, 'note')} on what was done with it`}</summary>
          {notes.map((note) => (
            <Trouble key={`${note.code} ${JSON.stringify(note.facts)}`} fault={note} tone="note" />
          ))}
        </details>
      )}
    </>
  )
}

/** A record that Commerce sent in a shape that could not be read: all that is known of it is what became of it. */
function Unread({ entity, history }: { entity: Entity; history: Detail['history'] }) {
  const { many, path } = entityWords[entity]
  const [last] = history
  return (
    <Page
      title={last?.label ?? many}
      beside={last && <StateMark kind={last.kind} />}
      sub={<Link href={path}>{many}</Link>}
    >
      {last?.fault && <Trouble fault={last.fault} />}
      <Section title="What became of it">
        <HistoryPart history={history} />
      </Section>
    </Page>
  )
}
