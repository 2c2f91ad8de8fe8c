import { Link } from 'wouter'
import type { Entity } from '../../../app/model/tenant.ts'
import { type Answers, api, type RecordRow, useAsk } from '../../api.ts'
import { idIn } from '../../ui/address.ts'
import { Skeleton } from '../../ui/empty.tsx'
import { useTenants } from '../../ui/filters.tsx'
import { amount } from '../../ui/format.ts'
import { OutcomeMark, StateMark } from '../../ui/mark.tsx'
import { Facts, Page, Panel, Section } from '../../ui/page.tsx'
import plain from '../../ui/plain-table.module.css'
import { Time } from '../../ui/time.tsx'
import { Trouble, TroubleLine, Unanswered } from '../../ui/trouble.tsx'
import { entityWords, statusWord } from '../../words.ts'
import { NotThere } from '../not-there.tsx'
import { SourceFields } from './source-fields.tsx'

type Detail = NonNullable<Answers['records']['get']>
type KnownDetail = Detail & { readonly record: RecordRow }

/** One record: what it is, whether it is in Halo, what became of it run by run, and what Commerce sent. */
export function RecordPage({ entity, tenantId, commerceId }: RecordPageProps) {
  const ids = { tenantId: idIn(tenantId), commerceId: idIn(commerceId) }
  const { data, error, refetch } = useAsk(['records.get', entity, tenantId, commerceId], (signal) =>
    ids.tenantId === null || ids.commerceId === null
      ? Promise.resolve(null)
      : api.records.get.query({ entity, tenantId: ids.tenantId, commerceId: ids.commerceId }, { signal }),
  )
  const { one } = entityWords[entity]
  if (data === null) return <NotThere what={`This ${one}`} />
  if (!data) {
    return (
      <Page title={entityWords[entity].many}>
        {error ? <Unanswered error={error} again={() => void refetch()} /> : <Skeleton lines={8} />}
      </Page>
    )
  }
  const { record, history, source } = data
  return record ? (
    <Loaded record={record} history={history} source={source} />
  ) : (
    <Unread entity={entity} history={history} />
  )
}
type RecordPageProps = { readonly entity: Entity; readonly tenantId: string; readonly commerceId: string }

function Loaded({ record, history, source }: KnownDetail) {
  const { one, many, path } = entityWords[record.entity]
  const tenant = useTenants().find(({ id }) => id === record.tenantId)
  return (
    <Page
      title={record.number && record.name ? `${record.number} ${record.name}` : record.label}
      beside={<StateMark kind={record.lastKind} />}
      sub={
        <>
          <Link href={path}>{many}</Link>
          {tenant && <Link href={`/tenants/${tenant.id}`}>{tenant.name}</Link>}
          {record.customerName && record.entity !== 'customers' && (
            <Link href={`/customers/${record.tenantId}/${record.customerId}`}>{record.customerName}</Link>
          )}
        </>
      }
    >
      {record.lastFault && <Trouble fault={record.lastFault} />}
      {record.goneAt && (
        <p className="quiet">
          Commerce no longer has this {one} (seen <Time at={record.goneAt} />
          ). Halo keeps it.
        </p>
      )}
      <Panel>
        <Facts facts={factsOf(record)} />
      </Panel>
      {record.notes.length > 0 && (
        <Section title="Notes">
          {record.notes.map((note) => (
            <Trouble key={`${note.code} ${JSON.stringify(note.facts)}`} fault={note} tone="note" />
          ))}
        </Section>
      )}
      <Section title="What became of it">
        {history.length === 0 ? (
          <p className="quiet">It never had to be written: it was found unchanged each time.</p>
        ) : (
          <History history={history} />
        )}
      </Section>
      {source && (
        <Section title="As Commerce sent it">
          <SourceFields json={source} />
        </Section>
      )}
    </Page>
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
        <History history={history} />
      </Section>
    </Page>
  )
}

function factsOf(record: RecordRow): readonly (readonly [string, React.ReactNode])[] {
  const amountName = record.entity === 'products' ? 'Price' : 'One-off total, before tax'
  return [
    ['In Halo', record.haloId === null ? 'Not yet' : `Yes, id ${record.haloId}`],
    ['Commerce id', record.commerceId],
    ...(record.status === null
      ? []
      : [['Status in Commerce', statusWord(record.entity, record.status)] as const]),
    ...(record.amount === null ? [] : [[amountName, amount(record.amount)] as const]),
    ['Changed in Commerce', <Time key="modified" at={record.modifiedAt} />],
    ['Synced', <Time key="synced" at={record.syncedAt} none="Not yet" />],
    ['Last run', <Link key="run" href={`/runs/${record.lastRun}`}>{`Run ${record.lastRun}`}</Link>],
  ]
}

function History({ history }: { history: Detail['history'] }) {
  return (
    <div className={plain.frame}>
      <table className={plain.table}>
        <thead>
          <tr>
            <th scope="col">Outcome</th>
            <th scope="col">Run</th>
            <th scope="col">When</th>
            <th scope="col">What</th>
          </tr>
        </thead>
        <tbody>
          {history.map((row) => (
            <tr key={`${row.runId}/${row.seq}`}>
              <td>
                <OutcomeMark kind={row.kind} />
              </td>
              <td>
                <Link href={`/runs/${row.runId}`}>Run {row.runId}</Link>
              </td>
              <td>
                <Time at={row.at} />
              </td>
              <td className={plain.wrap}>
                {row.fault ? (
                  <TroubleLine fault={row.fault} />
                ) : (
                  row.changes.map(({ field }) => field).join(', ')
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
