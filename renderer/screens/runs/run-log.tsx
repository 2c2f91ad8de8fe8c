import {
  Bug16Regular,
  DocumentBulletList20Regular,
  ErrorCircle16Filled,
  Info16Regular,
  Warning16Filled,
} from '@fluentui/react-icons'
import type { ReactNode } from 'react'
import { type RunLogLevel, sayLogLine } from '../../../app/model/run-story.ts'
import { type Answers, api } from '../../api.ts'
import { oneOf, useAddress } from '../../ui/address.ts'
import { Empty } from '../../ui/empty.tsx'
import { Choice, Search } from '../../ui/filters.tsx'
import { exactTime } from '../../ui/format.ts'
import { Mark, type Tone } from '../../ui/mark.tsx'
import { type Column, Table } from '../../ui/table/table.tsx'
import { useWindows } from '../../ui/table/windows.ts'
import { Unanswered } from '../../ui/trouble.tsx'
import css from './run-page.module.css'

type Line = Answers['runPage']['log']['rows'][number]

const looks: Record<RunLogLevel, { readonly word: string; readonly tone: Tone; readonly icon: ReactNode }> = {
  debug: { word: 'Detail', tone: 'quiet', icon: <Bug16Regular /> },
  info: { word: 'Info', tone: 'busy', icon: <Info16Regular /> },
  warn: { word: 'Warning', tone: 'heals', icon: <Warning16Filled /> },
  error: { word: 'Error', tone: 'needs', icon: <ErrorCircle16Filled /> },
}
/** What the filter offers: each with everything graver. */
const levels: Record<string, { readonly word: string; readonly of: readonly RunLogLevel[] }> = {
  info: { word: 'Info and above', of: ['info', 'warn', 'error'] },
  warn: { word: 'Warnings and errors', of: ['warn', 'error'] },
  error: { word: 'Errors', of: ['error'] },
}

const clock = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
})

/** UTC times within a sentence, in the reader's own zone. */
const inOwnZone = (text: string): string =>
  text.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, (iso) => exactTime(iso))

/** A run's own log, in the order of the work. */
export function RunLog({ runId }: { runId: number }) {
  const { get } = useAddress()
  const level = oneOf(Object.keys(levels), get('level'))
  const search = get('q')
  const filter = { ...(level && { levels: [...(levels[level]?.of ?? [])] }), ...(search && { search }) }
  const windows = useWindows(['runPage.log', runId, filter], (window, signal) =>
    api.runPage.log.query({ runId, filter, window }, { signal }),
  )
  if (windows.error !== null && windows.total === null) return <Unanswered error={windows.error} />
  const isFiltered = level !== null || search !== null
  return (
    <>
      <div className={css.filters}>
        <Search placeholder="Find in the log" />
        <Choice
          name="level"
          label="Level"
          all="All levels"
          choices={Object.entries(levels).map(([id, { word }]) => [id, word] as const)}
        />
      </div>
      <Table
        name="Log of this run"
        columns={columns}
        windows={windows}
        rowKey={({ seq }) => String(seq)}
        empty={
          <Empty
            icon={<DocumentBulletList20Regular />}
            title={isFiltered ? 'No line matches these filters' : 'No line is kept for this run'}
          >
            {!isFiltered && <p>Lines are kept for 30 days. The program's log files may go back further.</p>}
          </Empty>
        }
      />
    </>
  )
}

const columns: readonly Column<Line>[] = [
  {
    id: 'at',
    title: 'Time',
    min: 112,
    cell: ({ at }) => (
      <time dateTime={at} title={`${exactTime(at)}\n${at} (UTC)`}>
        {clock.format(new Date(at))}
      </time>
    ),
    value: ({ at }) => at,
  },
  {
    id: 'level',
    title: 'Level',
    min: 96,
    cell: ({ level }) => {
      const { word, tone, icon } = looks[level]
      return (
        <Mark tone={tone} icon={icon}>
          {word}
        </Mark>
      )
    },
    value: ({ level }) => level,
  },
  {
    id: 'what',
    title: 'What',
    min: 260,
    grow: 1,
    cell: (line) => {
      const text = inOwnZone(sayLogLine(line))
      return <span title={text}>{text}</span>
    },
    value: sayLogLine,
  },
]
