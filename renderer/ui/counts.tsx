import { Link } from 'wouter'
import { type EntityCounts, type OutcomeKind, outcomeKinds } from '../../app/model/outcome.ts'
import type { Entity } from '../../app/model/tenant.ts'
import { entitiesShown, entityWords, outcomeWords } from '../words.ts'
import css from './counts.module.css'
import { count } from './format.ts'

type Counts = Readonly<Record<Entity, EntityCounts>>

/** read = created + updated + unchanged + skipped + failed. */
export const readOf = (counts: EntityCounts): number =>
  outcomeKinds.reduce((sum, kind) => sum + counts[kind], 0)

/** All entities together. */
export function totalOf(counts: Counts): EntityCounts {
  const sum = (kind: OutcomeKind) => entitiesShown.reduce((all, entity) => all + counts[entity][kind], 0)
  return {
    created: sum('created'),
    updated: sum('updated'),
    unchanged: sum('unchanged'),
    skipped: sum('skipped'),
    failed: sum('failed'),
  }
}

/**
 * What a run came to, entity by entity; the numbers add up in both directions. Each number leads to its records
 * (the unchanged are counted, not listed, so theirs is plain).
 */
export function CountsTable({
  counts,
  words = outcomeWords,
  entities = entitiesShown,
  ...more
}: CountsProps) {
  return (
    <div className={css.frame}>
      <table className={css.table}>
        <thead>
          <tr>
            <td />
            <th scope="col">Read</th>
            {outcomeKinds.map((kind) => (
              <th key={kind} scope="col">
                {words[kind]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {entities.map((entity) => (
            <Row
              key={entity}
              {...more}
              words={words}
              name={entityWords[entity].many}
              entity={entity}
              counts={counts[entity]}
            />
          ))}
        </tbody>
        {entities.length > 1 && (
          <tfoot>
            <Row {...more} words={words} name="All" entity={null} counts={totalOf(counts)} />
          </tfoot>
        )}
      </table>
    </div>
  )
}
type CountsProps = {
  readonly counts: Counts
  /** What the outcomes are called; a preview's would be. */
  readonly words?: Record<OutcomeKind, string>
  /** Those that the run was about; all of them unless said. */
  readonly entities?: readonly Entity[]
  readonly linkTo?: (entity: Entity | null, kind: OutcomeKind) => string
  readonly chosen?: { readonly entity: Entity | null; readonly kind: OutcomeKind | null }
}

type RowProps = Pick<CountsProps, 'linkTo' | 'chosen'> & {
  readonly words: Record<OutcomeKind, string>
  readonly name: string
  readonly entity: Entity | null
  readonly counts: EntityCounts
}

function Row({ name, entity, counts, words, linkTo, chosen }: RowProps) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <Cell value={readOf(counts)} />
      {outcomeKinds.map((kind) => (
        <Cell
          key={kind}
          value={counts[kind]}
          kind={kind}
          name={`${name} ${words[kind].toLowerCase()}`}
          href={kind === 'unchanged' ? undefined : linkTo?.(entity, kind)}
          isChosen={chosen?.entity === entity && chosen.kind === kind}
        />
      ))}
    </tr>
  )
}

function Cell({ value, kind, name, href, isChosen = false }: CellProps) {
  if (value === 0) return <td className={css.zero}>0</td>
  return (
    <td data-kind={kind}>
      {href === undefined ? (
        count(value)
      ) : (
        <Link
          href={href}
          aria-label={`${name}: ${count(value)}`}
          aria-current={isChosen || undefined}
          replace
        >
          {count(value)}
        </Link>
      )}
    </td>
  )
}
type CellProps = {
  readonly value: number
  readonly kind?: OutcomeKind
  readonly name?: string
  readonly href?: string | undefined
  readonly isChosen?: boolean
}
