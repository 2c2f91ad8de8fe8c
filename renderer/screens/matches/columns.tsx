import {
  CheckmarkCircle16Filled,
  Circle16Regular,
  PersonAdd16Regular,
  PersonAvailable16Regular,
  QuestionCircle16Regular,
} from '@fluentui/react-icons'
import { count } from '../../ui/format.ts'
import { Mark } from '../../ui/mark.tsx'
import { idColumn } from '../../ui/table/columns.tsx'
import type { Column } from '../../ui/table/table.tsx'
import type { MatchRow } from './asks.ts'
import type { Choice } from './choice.ts'
import { surenessWords, whyOf } from './words.ts'

export const matchSorts = ['name', 'number', 'client', 'sureness'] as const
export const matchesAtFirst = { always: ['haloId'], whenNarrow: ['domains'] }

const marks = {
  sure: { tone: 'good', icon: <CheckmarkCircle16Filled /> },
  likely: { tone: 'busy', icon: <Circle16Regular /> },
  unsure: { tone: 'heals', icon: <QuestionCircle16Regular /> },
} as const

export function matchColumns(choice: Choice): readonly Column<MatchRow>[] {
  const { clientOf, isChosen } = choice
  return [
    {
      ...{ id: 'name', title: 'Customer', min: 150, grow: 2.4, sort: 'name' },
      value: (row) => row.name,
      cell: (row) => <span title={row.name}>{row.name}</span>,
    },
    {
      ...{ id: 'number', title: 'Number', min: 74, grow: 0.6, sort: 'number' },
      value: (row) => row.number,
      cell: (row) => row.number,
    },
    {
      ...{ id: 'domains', title: 'E-mail domains', min: 110, grow: 1.2 },
      value: (row) => row.domains.join(' '),
      cell: (row) => <span title={row.domains.join('\n')}>{row.domains.join(', ')}</span>,
    },
    {
      ...{ id: 'client', title: 'Client in Halo', min: 160, grow: 2.4, sort: 'client' },
      value: (row) => clientOf(row)?.name ?? '',
      cell: (row) => <ClientCell row={row} choice={choice} />,
    },
    {
      ...{ id: 'why', title: 'Why', min: 150, grow: 1.4 },
      value: (row) => whyWord(row, isChosen(row)),
      cell: (row) => <span title={whyWord(row, isChosen(row))}>{whyWord(row, isChosen(row))}</span>,
    },
    {
      ...{ id: 'sureness', title: 'How sure', min: 104, sort: 'sureness' },
      value: (row) => sureWord(row, isChosen(row)),
      cell: (row) => <SureMark row={row} isChosen={isChosen(row)} />,
    },
    idColumn('haloId', 'Halo id', 90, (row) => clientOf(row)?.haloId ?? null),
  ]
}

function whyWord(row: MatchRow, isChosen: boolean): string {
  const [first] = row.candidates
  return isChosen ? 'Chosen by you' : first ? whyOf(first) : ''
}

const sureWord = (row: MatchRow, isChosen: boolean): string =>
  row.isNew ? 'New' : isChosen ? 'Chosen' : row.sureness ? surenessWords[row.sureness].word : 'Like no client'

function ClientCell({ row, choice }: { row: MatchRow; choice: Choice }) {
  const client = choice.clientOf(row)
  if (row.isNew) return <span className="quiet">Will be made</span>
  if (!client) return <span className="quiet">None looks like it</span>
  const others = choice.isChosen(row) ? 0 : row.candidates.length - 1
  return (
    <span title={client.name}>
      {client.name} <span className="quiet">{client.number}</span>
      {others > 0 && (
        <span className="quiet">{` or ${count(others)} ${others === 1 ? 'other' : 'others'}`}</span>
      )}
    </span>
  )
}

function SureMark({ row, isChosen }: { row: MatchRow; isChosen: boolean }) {
  const word = sureWord(row, isChosen)
  if (row.isNew) {
    return (
      <Mark tone="quiet" icon={<PersonAdd16Regular />} hint="The next sync makes a new client of it.">
        {word}
      </Mark>
    )
  }
  if (isChosen) {
    return (
      <Mark tone="good" icon={<PersonAvailable16Regular />}>
        {word}
      </Mark>
    )
  }
  if (!row.sureness) return <span className="quiet">{word}</span>
  return (
    <Mark {...marks[row.sureness]} hint={surenessWords[row.sureness].means}>
      {word}
    </Mark>
  )
}
