import { DocumentBulletList20Regular } from '@fluentui/react-icons'
import type { ReactNode } from 'react'
import type { Run } from '../../../app/model/outcome.ts'
import type { ListStory, PhaseStory, ReadingWay, RunStory } from '../../../app/model/run-story.ts'
import { api, useAsk } from '../../api.ts'
import { Empty, Skeleton } from '../../ui/empty.tsx'
import { count, duration } from '../../ui/format.ts'
import { useSecond } from '../../ui/now.ts'
import { Section } from '../../ui/page.tsx'
import plain from '../../ui/plain-table.module.css'
import { Time } from '../../ui/time.tsx'
import { Unanswered } from '../../ui/trouble.tsx'
import { entityWords, phaseWords, resourceWord } from '../../words.ts'
import css from './run-page.module.css'

const wayWords: Record<ReadingWay, string> = {
  changes: 'What changed',
  'per parent': 'One request each',
  'per id': 'One request each',
  'whole list': 'The whole list',
}

/** What a run did: its lists with planned and real requests, how far each is synced, and its phases. */
export function RunPlan({ run, requests }: { run: Run; requests: number }) {
  const { data, error } = useAsk(['runPage.story', run.id], (signal) =>
    api.runPage.story.query({ runId: run.id }, { signal }),
  )
  if (error && !data) return <Unanswered error={error} />
  if (!data) return <Skeleton lines={6} />
  if (data.phases.length === 0) {
    return (
      <Empty icon={<DocumentBulletList20Regular />} title="Nothing is known of this run's steps">
        <p>It ended before it began to read, or an older version of this program made it.</p>
      </Empty>
    )
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keys
    <section className={css.scrolls} tabIndex={0} aria-label="Plan and phases">
      <Section title="Lists read">
        <Lists story={data} requests={requests} />
      </Section>
      <Section title="Phases">
        <Phases story={data} />
      </Section>
    </section>
  )
}

function Lists({ story, requests }: { story: RunStory; requests: number }) {
  const told = story.lists.reduce((sum, list) => sum + list.requests, 0)
  const rows = story.lists.reduce((sum, list) => sum + list.rows, 0)
  const other = Math.max(0, requests - told)
  return (
    <div className={plain.frame}>
      <table className={plain.table}>
        <thead>
          <tr>
            <th scope="col">List</th>
            <th scope="col">How</th>
            <th scope="col" data-align="end">
              Planned
            </th>
            <th scope="col" data-align="end">
              Requests
            </th>
            <th scope="col" data-align="end">
              Rows
            </th>
            <th scope="col">Synced up to, before</th>
            <th scope="col">After</th>
            <th scope="col" data-align="end">
              Took
            </th>
          </tr>
        </thead>
        <tbody>
          {story.lists.map((list) => (
            <ListRow key={`${list.resource} ${list.startedAt} ${list.way}`} list={list} />
          ))}
          {other > 0 && (
            <tr>
              <th scope="row">Single records</th>
              <td>By id, and tries again</td>
              <td data-align="end" />
              <td data-align="end">{count(other)}</td>
              <td colSpan={4} />
            </tr>
          )}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">All</th>
            <td />
            <td />
            <td data-align="end">{count(Math.max(requests, told))}</td>
            <td data-align="end">{count(rows)}</td>
            <td colSpan={3} />
          </tr>
        </tfoot>
      </table>
    </div>
  )
}

function ListRow({ list }: { list: ListStory }) {
  const name = resourceWord(list.resource)
  return (
    <tr>
      <th scope="row">{name.charAt(0).toUpperCase() + name.slice(1)}</th>
      <td className={plain.wrap}>
        {list.way ? wayWords[list.way] : 'As it came'}
        {list.why && <div className={`quiet ${css.why}`}>{list.why}</div>}
      </td>
      <td data-align="end">{list.planned === null ? <Unknown /> : count(list.planned)}</td>
      <td data-align="end">{count(list.requests)}</td>
      <td data-align="end">{count(list.rows)}</td>
      <td>{list.since && <Time at={list.since} />}</td>
      <td>
        {list.until ? <Time at={list.until} /> : list.since && <span className="quiet">as before</span>}
      </td>
      <td data-align="end">
        <Took from={list.startedAt} to={list.endedAt} />
      </td>
    </tr>
  )
}

const Unknown = (): ReactNode => (
  <span className="quiet" title="How much has changed is known only once it has been read.">
    open
  </span>
)

function Phases({ story }: { story: RunStory }) {
  const phases = story.phases.filter(({ phase }) => phase !== 'ended')
  return (
    <>
      <div className={plain.frame}>
        <table className={plain.table}>
          <thead>
            <tr>
              <th scope="col">Records</th>
              <th scope="col">Phase</th>
              <th scope="col">Began</th>
              <th scope="col" data-align="end">
                Took
              </th>
            </tr>
          </thead>
          <tbody>
            {phases.map((phase) => (
              <PhaseRow key={`${phase.phase} ${phase.entity} ${phase.startedAt}`} phase={phase} />
            ))}
          </tbody>
        </table>
      </div>
      {story.waitedMs >= 1_000 && (
        <p className={`quiet ${css.waited}`}>
          Of this, {duration(story.waitedMs)} were spent waiting for the request limit, or for a server to
          recover.
        </p>
      )}
    </>
  )
}

function PhaseRow({ phase: { phase, entity, startedAt, endedAt } }: { phase: PhaseStory }) {
  return (
    <tr>
      <th scope="row">{entity ? entityWords[entity].many : 'All'}</th>
      <td>{phaseWords[phase]}</td>
      <td>
        <Time at={startedAt} />
      </td>
      <td data-align="end">
        <Took from={startedAt} to={endedAt} />
      </td>
    </tr>
  )
}

function Took({ from, to }: { from: string; to: string | null }) {
  if (to === null) return <StillGoing from={from} />
  return <>{duration(Date.parse(to) - Date.parse(from))}</>
}

function StillGoing({ from }: { from: string }) {
  const now = useSecond()
  return <>{duration(Math.max(0, now - Date.parse(from)))}</>
}
