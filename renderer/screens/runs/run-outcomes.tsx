import { Button } from '@fluentui/react-components'
import { DocumentBulletList20Regular, FilterDismiss16Regular } from '@fluentui/react-icons'
import { useMemo } from 'react'
import { Link } from 'wouter'
import type { ValueNames } from '../../../app/model/change-words.ts'
import { type OutcomeKind, outcomeKinds, type Run } from '../../../app/model/outcome.ts'
import type { Entity } from '../../../app/model/tenant.ts'
import { api, type OutcomeRow } from '../../api.ts'
import { idIn, useAddress } from '../../ui/address.ts'
import { changeText, useValueNames } from '../../ui/change-list.tsx'
import { readOf, totalOf } from '../../ui/counts.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Choice, Search } from '../../ui/filters.tsx'
import { plural } from '../../ui/format.ts'
import { OutcomeMark } from '../../ui/mark.tsx'
import { type Column, Table } from '../../ui/table/table.tsx'
import { useWindows } from '../../ui/table/windows.ts'
import { TroubleLine, Unanswered } from '../../ui/trouble.tsx'
import { entitiesShown, entityWords } from '../../words.ts'
import { OutcomeDetail } from './outcome-detail.tsx'
import { wordsOfRun } from './outcome-words.ts'
import css from './run-page.module.css'

type Chosen = { readonly entity: Entity | null; readonly kind: OutcomeKind | null }
type Words = Record<OutcomeKind, string>

const kindsListed = outcomeKinds.filter((kind) => kind !== 'unchanged')

/** What became of each record of a run; the one that is open stands beside the list. */
export function RunOutcomes({ run, entity, kind }: { run: Run } & Chosen) {
  const { get, set } = useAddress()
  const search = get('q')
  const filter = { ...(entity && { entity }), ...(kind && { kind }), ...(search && { search }) }
  const windows = useWindows(['runPage.outcomes', run.id, filter], (window, signal) =>
    api.runPage.outcomes.query({ runId: run.id, filter, window }, { signal }),
  )
  const words = wordsOfRun(run)
  const names = useValueNames(run.tenantId)
  const columns = useMemo(() => columnsFor(words, names), [words, names])
  const opened = idIn(get('record'))
  const open = (row: OutcomeRow | null): void => set({ record: row && String(row.seq) })
  const isFiltered = Object.keys(filter).length > 0
  if (windows.error !== null && windows.total === null) return <Unanswered error={windows.error} />
  return (
    <>
      <Filters words={words} isFiltered={isFiltered} />
      <div className={css.split} data-open={opened ? true : undefined}>
        <div className={css.list}>
          <Table
            name="Records of this run"
            columns={columns}
            hidden={opened ? besideDetail : nothingHidden}
            windows={windows}
            rowKey={(row) => String(row.seq)}
            selected={opened === null ? null : String(opened)}
            onOpen={open}
            empty={<Nothing run={run} isFiltered={isFiltered} />}
          />
        </div>
        {opened !== null && (
          <OutcomeDetail
            key={opened}
            run={run}
            seq={opened}
            names={names}
            words={words}
            onClose={() => open(null)}
          />
        )}
      </div>
    </>
  )
}

const besideDetail: ReadonlySet<string> = new Set(['commerce', 'halo'])
const nothingHidden: ReadonlySet<string> = new Set()

function Filters({ words, isFiltered }: { words: Words; isFiltered: boolean }) {
  const { set } = useAddress()
  return (
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
        choices={kindsListed.map((each) => [each, words[each]] as const)}
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
  )
}

function Nothing({ run, isFiltered }: { run: Run; isFiltered: boolean }) {
  const total = totalOf(run.counts)
  const icon = <DocumentBulletList20Regular />
  if (isFiltered)
    return (
      <Empty icon={icon} title="No record matches these filters">
        <Link href={`/runs/${run.id}`}>Show all records of this run</Link>
      </Empty>
    )
  if (run.outcome === null) return <Empty icon={icon} title="No record yet" />
  if (readOf(total) > total.unchanged)
    return (
      <Empty icon={icon} title="The records of this run were cleared">
        <p>
          Its counts stay. What was kept record by record makes room for newer runs and previews after a
          while.
        </p>
      </Empty>
    )
  return (
    <Empty icon={icon} title="Nothing had to be written">
      <p>
        {total.unchanged > 0
          ? 'Every record that was read is in Halo as it is in Commerce. Unchanged records are counted above, not listed.'
          : 'Nothing has changed in Commerce since the run before.'}
      </p>
    </Empty>
  )
}

function columnsFor(words: Words, names: ValueNames): readonly Column<OutcomeRow>[] {
  return [
    {
      id: 'kind',
      title: 'Outcome',
      min: 124,
      cell: (row) => <OutcomeMark kind={row.kind} words={words} />,
      value: (row) => words[row.kind],
    },
    {
      id: 'entity',
      title: 'Record',
      min: 92,
      grow: 0.6,
      cell: (row) => <span className="quiet">{entityWords[row.entity].one}</span>,
      value: (row) => entityWords[row.entity].one,
    },
    {
      id: 'label',
      title: 'Name',
      min: 150,
      grow: 1.6,
      cell: (row) => <span title={row.label}>{row.label}</span>,
      value: (row) => row.label,
    },
    { id: 'what', title: 'What', min: 180, grow: 4, cell: (row) => <What row={row} names={names} /> },
    { id: 'commerce', title: 'Commerce id', min: 100, align: 'end', cell: (row) => row.commerceId },
    { id: 'halo', title: 'Halo id', min: 90, align: 'end', cell: (row) => row.haloId ?? '' },
  ]
}

/** Why, or what changes: the first few changes in words, and how many more there are. */
function What({ row, names }: { row: OutcomeRow; names: ValueNames }) {
  if (row.fault) return <TroubleLine fault={row.fault} />
  const [note] = row.notes
  if (row.kind === 'skipped' && note) return <TroubleLine fault={note} />
  if (row.changes.length === 0) return note ? <TroubleLine fault={note} /> : null
  const told = row.changes.map((change) => changeText(change, names))
  const more = row.changeCount - row.changes.length
  const text = `${told.join('; ')}${more > 0 ? `; ${plural(more, 'more field')}` : ''}`
  return (
    <span className="quiet" title={told.join('\n')}>
      {text}
    </span>
  )
}
