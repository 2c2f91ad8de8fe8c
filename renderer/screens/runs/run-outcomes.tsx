import { Button } from '@fluentui/react-components'
import { Dismiss16Regular, DocumentBulletList20Regular, FilterDismiss16Regular } from '@fluentui/react-icons'
import { Link } from 'wouter'
import { type OutcomeKind, outcomeKinds, type Run } from '../../../app/model/outcome.ts'
import type { Entity } from '../../../app/model/tenant.ts'
import { api, type OutcomeRow, useAsk } from '../../api.ts'
import { idIn, useAddress } from '../../ui/address.ts'
import { ChangesTable } from '../../ui/changes.tsx'
import { totalOf } from '../../ui/counts.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Choice, Search } from '../../ui/filters.tsx'
import { OutcomeMark } from '../../ui/mark.tsx'
import { Facts } from '../../ui/page.tsx'
import { type Column, Table } from '../../ui/table/table.tsx'
import { useWindows } from '../../ui/table/windows.ts'
import { Trouble, TroubleLine, Unanswered } from '../../ui/trouble.tsx'
import { entitiesShown, entityWords, outcomeWords } from '../../words.ts'
import css from './run-page.module.css'

type Chosen = { readonly entity: Entity | null; readonly kind: OutcomeKind | null }

const kindsListed = outcomeKinds.filter((kind) => kind !== 'unchanged')

/** What became of each record of a run; the one that is open stands beside the list. */
export function RunOutcomes({ run, entity, kind }: { run: Run } & Chosen) {
  const { get, set } = useAddress()
  const search = get('q')
  const filter = { ...(entity && { entity }), ...(kind && { kind }), ...(search && { search }) }
  const windows = useWindows(['runPage.outcomes', run.id, filter], (window, signal) =>
    api.runPage.outcomes.query({ runId: run.id, filter, window }, { signal }),
  )
  const detail = useOpened(run.id, idIn(get('record')))
  const open = (row: OutcomeRow | null): void => set({ record: row && String(row.seq) })
  const isFiltered = Object.keys(filter).length > 0
  if (windows.error !== null && windows.total === null) return <Unanswered error={windows.error} />
  return (
    <>
      <div className={css.filters}>
        <Search placeholder="Find a record of this run" />
        <Choice
          name="entity"
          label="Records"
          all="All records"
          choices={entitiesShown.map((each) => [each, entityWords[each].many] as const)}
        />
        <Choice
          name="kind"
          label="Outcome"
          all="All outcomes"
          choices={kindsListed.map((each) => [each, outcomeWords[each]] as const)}
        />
        {isFiltered && (
          <Button
            size="small"
            appearance="subtle"
            icon={<FilterDismiss16Regular />}
            onClick={() => set({ entity: null, kind: null, q: null })}
          >
            Clear
          </Button>
        )}
      </div>
      <div className={css.split} data-open={detail ? true : undefined}>
        <div className={css.list}>
          <Table
            name="Records of this run"
            columns={columns}
            hidden={detail ? besideDetail : nothingHidden}
            windows={windows}
            rowKey={(row) => String(row.seq)}
            selected={detail && String(detail.seq)}
            onOpen={open}
            empty={<Nothing run={run} isFiltered={isFiltered} />}
          />
        </div>
        {detail && <Detail row={detail} tenantId={run.tenantId} onClose={() => open(null)} />}
      </div>
    </>
  )
}

const besideDetail: ReadonlySet<string> = new Set(['commerce', 'halo'])
const nothingHidden: ReadonlySet<string> = new Set()

/** The outcome that the address names: outcomes are numbered from 1 without gaps, so its number is its place. */
function useOpened(runId: number, seq: number | null): OutcomeRow | null {
  const { data } = useAsk(['runPage.outcomes', runId, 'one', seq], async (signal) => {
    if (seq === null) return null
    const window = { offset: seq - 1, limit: 1 }
    const { rows } = await api.runPage.outcomes.query({ runId, filter: {}, window }, { signal })
    return rows.find((row) => row.seq === seq) ?? null
  })
  return data ?? null
}

function Nothing({ run, isFiltered }: { run: Run; isFiltered: boolean }) {
  const { unchanged } = totalOf(run.counts)
  if (isFiltered)
    return <Empty icon={<DocumentBulletList20Regular />} title="No record matches these filters" />
  if (run.outcome === null) return <Empty icon={<DocumentBulletList20Regular />} title="No record yet" />
  return (
    <Empty icon={<DocumentBulletList20Regular />} title="Nothing had to be written">
      <p>
        {unchanged > 0
          ? 'Every record that was read is in Halo as it is in Commerce. Unchanged records are counted above, not listed.'
          : 'Nothing has changed in Commerce since the run before.'}
      </p>
    </Empty>
  )
}

const columns: readonly Column<OutcomeRow>[] = [
  {
    id: 'kind',
    title: 'Outcome',
    min: 104,
    grow: 0.8,
    cell: (row) => <OutcomeMark kind={row.kind} />,
  },
  {
    id: 'entity',
    title: 'Record',
    min: 96,
    grow: 0.8,
    cell: (row) => <span className="quiet">{entityWords[row.entity].one}</span>,
  },
  {
    id: 'label',
    title: 'Name',
    min: 150,
    grow: 2,
    cell: (row) => <span title={row.label}>{row.label}</span>,
  },
  { id: 'what', title: 'What', min: 180, grow: 3, cell: (row) => <What row={row} /> },
  { id: 'commerce', title: 'Commerce id', min: 100, align: 'end', cell: (row) => row.commerceId },
  { id: 'halo', title: 'Halo id', min: 90, align: 'end', cell: (row) => row.haloId ?? '' },
]

function What({ row }: { row: OutcomeRow }) {
  if (row.fault) return <TroubleLine fault={row.fault} />
  const [note] = row.notes
  if (note) return <TroubleLine fault={note} />
  if (row.changes.length === 0) return null
  const names = row.changes.map(({ field }) => field).join(', ')
  return (
    <span className="quiet" title={names}>
      {names}
    </span>
  )
}

type DetailProps = { readonly row: OutcomeRow; readonly tenantId: number; readonly onClose: () => void }

function Detail({ row, tenantId, onClose }: DetailProps) {
  return (
    <section
      className={css.detail}
      aria-label={`Details of ${row.label}`}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
      }}
    >
      <div className={css.detailHead}>
        <h2 className={css.detailTitle}>{row.label}</h2>
        <Button
          size="small"
          appearance="subtle"
          icon={<Dismiss16Regular />}
          aria-label="Close details"
          onClick={onClose}
        />
      </div>
      <Facts
        facts={[
          ['Outcome', <OutcomeMark key="kind" kind={row.kind} />],
          ['Commerce id', row.commerceId],
          ['Halo id', row.haloId ?? '–'],
        ]}
      />
      {row.fault && <Trouble fault={row.fault} />}
      {row.notes.map((note) => (
        <Trouble key={`${note.code} ${JSON.stringify(note.facts)}`} fault={note} tone="note" />
      ))}
      {row.changes.length > 0 && <ChangesTable changes={row.changes} />}
      <Link href={`${entityWords[row.entity].path}/${tenantId}/${row.commerceId}`}>
        Open this {entityWords[row.entity].one}
      </Link>
    </section>
  )
}
