import { Button } from '@fluentui/react-components'
import { Link16Regular, People24Regular } from '@fluentui/react-icons'
import { type ReactNode, useState } from 'react'
import { oneOf, useAddress } from '../../ui/address.ts'
import { Empty } from '../../ui/empty.tsx'
import { Choice as Filter, Search } from '../../ui/filters.tsx'
import { count } from '../../ui/format.ts'
import { useHiddenColumns } from '../../ui/table/hidden.ts'
import { ListTools } from '../../ui/table/list-tools.tsx'
import { Table } from '../../ui/table/table.tsx'
import { Unanswered } from '../../ui/trouble.tsx'
import {
  type Linked,
  type MatchRow,
  type Query,
  type Summary,
  useLinking,
  useMatches,
  useNewOnes,
  walkMatches,
} from './asks.ts'
import { ResultBar } from './bars.tsx'
import { type Choice, clashesIn, pairOfKey, useChoice } from './choice.ts'
import { ChooseDialog } from './choose-dialog.tsx'
import { matchColumns, matchesAtFirst, matchSorts } from './columns.tsx'
import { ConfirmDialog } from './confirm-dialog.tsx'
import css from './matches.module.css'
import { showWords } from './words.ts'

const shows = ['sure', 'likely', 'unsure', 'none', 'new', 'all'] as const

type MatchListProps = {
  readonly tenantId: number
  readonly look: Summary
  /** The button that compares again. */
  readonly askAgain: ReactNode
}

/** The customers with their proposed clients: picked, chosen otherwise, said to be new, linked. */
export function MatchList({ tenantId, look, askAgain }: MatchListProps) {
  const query = useQuery()
  const windows = useMatches(tenantId, query)
  const choice = useChoice(look.sure)
  const newOnes = useNewOnes(tenantId)
  const [asked, setAsked] = useState<MatchRow | null>(null)
  const [result, setResult] = useState<Linked | null>(null)
  const { set } = useAddress()
  const columns = matchColumns(choice)
  const { hidden, toggle } = useHiddenColumns('matches', matchesAtFirst)
  const say = (row: MatchRow, isNew: boolean): void => {
    if (isNew) choice.drop(row.commerceId)
    void newOnes.run([row.commerceId], isNew)
  }
  const rowOf = (commerceId: number): MatchRow | null => {
    for (let at = 0; at < (windows.total ?? 0); at++) {
      const row = windows.rowAt(at)
      if (row?.commerceId === commerceId) return row
    }
    return null
  }
  const onPick = (keys: ReadonlySet<string>): void => {
    const bare = choice.pick(keys)
    if (bare !== null) setAsked(rowOf(bare))
  }
  if (windows.error !== null && windows.total === null) return <Unanswered error={windows.error} />
  return (
    <>
      {result && <ResultBar result={result} choice={choice} onClose={() => setResult(null)} />}
      <div className={css.tools}>
        <Filters look={look} />
        {askAgain}
      </div>
      <div className={css.bar}>
        <Picked tenantId={tenantId} look={look} choice={choice} onDone={setResult} />
        <span className={css.push} />
        <ListTools
          name="Customers without a link"
          columns={columns}
          hidden={hidden}
          onToggle={toggle}
          total={windows.total}
          walk={(signal) => walkMatches(tenantId, query, signal)}
        />
      </div>
      <Table
        name="Customers without a link"
        columns={columns}
        hidden={hidden}
        windows={windows}
        rowKey={choice.keyOf}
        onOpen={setAsked}
        menuOf={(row) => [
          { id: 'choose', name: 'Choose the client…', act: () => setAsked(row) },
          row.isNew
            ? { id: 'again', name: 'It may have a client after all', act: () => say(row, false) }
            : { id: 'new', name: 'It is new: make it', act: () => say(row, true) },
        ]}
        picked={{ keys: choice.keys, onChange: onPick, nameOf: choice.nameOf }}
        order={{ by: query.sort, isDescending: query.isDescending }}
        onOrder={({ by, isDescending }) => set({ sort: by, desc: isDescending ? '1' : null })}
        empty={<NothingHere show={query.show} isSearch={query.search !== ''} />}
      />
      {asked && (
        <ChooseDialog
          tenantId={tenantId}
          row={asked}
          onChoose={(client) => {
            if (asked.isNew) void newOnes.run([asked.commerceId], false)
            choice.choose(asked, client)
            setAsked(null)
          }}
          onNew={(isNew) => {
            say(asked, isNew)
            setAsked(null)
          }}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  )
}

function useQuery(): Query {
  const { get } = useAddress()
  return {
    show: oneOf(shows, get('show')) ?? 'alike',
    search: get('q') ?? '',
    sort: oneOf(matchSorts, get('sort')) ?? 'name',
    isDescending: get('desc') === '1',
  }
}

function Filters({ look: { counts } }: { look: Summary }) {
  return (
    <>
      <Search placeholder="Find customers or clients" />
      <Filter
        name="show"
        label="Which customers"
        all={`Look like a client (${count(counts.alike)})`}
        choices={shows.map((show) => [show, `${showWords[show]} (${count(counts[show])})`] as const)}
      />
    </>
  )
}

type PickedProps = {
  readonly tenantId: number
  readonly look: Summary
  readonly choice: Choice
  readonly onDone: (result: Linked) => void
}

/** How many are picked, and what is done with them. */
function Picked({ tenantId, look, choice, onDone }: PickedProps) {
  const [isAsking, setAsking] = useState(false)
  const linking = useLinking(tenantId)
  const newOnes = useNewOnes(tenantId)
  const picked = [...choice.keys]
  const clashes = clashesIn(choice.keys)
  const sure = look.sure.filter((pair) => choice.keys.has(pair.join('/'))).length
  const link = async (): Promise<void> => {
    const result = await linking.run(picked.map(pairOfKey))
    setAsking(false)
    choice.clear()
    onDone(result)
  }
  const makeNew = (): void => {
    void newOnes.run(
      picked.map((key) => pairOfKey(key).commerceId),
      true,
    )
    choice.clear()
  }
  return (
    <>
      <strong role="status">{count(picked.length)} selected</strong>
      <Button
        size="small"
        appearance="primary"
        icon={<Link16Regular />}
        disabled={picked.length === 0 || clashes.length > 0}
        onClick={() => setAsking(true)}
      >
        Link to their clients…
      </Button>
      <Button size="small" disabled={picked.length === 0 || newOnes.isBusy} onClick={makeNew}>
        {picked.length === 1 ? 'It is new' : 'They are new'}
      </Button>
      {clashes.length > 0 && (
        <span role="alert" className={css.clash}>
          {clashes.slice(0, 3).map(choice.nameOf).join(', ')}
          {clashes.length > 3 && ` and ${count(clashes.length - 3)} others`} have the same client. Only one
          can.
        </span>
      )}
      {isAsking && (
        <ConfirmDialog
          customers={picked.length}
          sure={sure}
          isBusy={linking.isBusy}
          done={linking.done}
          onLink={() => void link()}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  )
}

function NothingHere({ show, isSearch }: { show: Query['show']; isSearch: boolean }) {
  const isAlike = show === 'alike' && !isSearch
  return (
    <Empty
      icon={<People24Regular />}
      title={isAlike ? 'No customer looks like a client that Halo has' : 'Nothing matches'}
    >
      <p>
        {isAlike
          ? 'Choose "All without a link" to link one by hand; of the others the next sync makes new clients.'
          : 'Choose other customers above.'}
      </p>
    </Empty>
  )
}
