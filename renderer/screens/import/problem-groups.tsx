import { Button } from '@fluentui/react-components'
import { Link } from 'wouter'
import { rowKeys } from '../../../app/model/sheet/fields.ts'
import { isHaloProblem } from '../../../app/model/sheet/halo-problems.ts'
import { problemWords } from '../../../app/model/sheet/problems.ts'
import { Skeleton } from '../../ui/empty.tsx'
import { count, plural } from '../../ui/format.ts'
import type { ProblemGroup, ProblemKind } from './asks.ts'
import type { Fixes } from './check-step.tsx'
import type { Decided } from './columns-step.tsx'
import { fieldIn } from './fields.ts'
import { GroupFix } from './group-fix.tsx'
import css from './import.module.css'

type GroupsProps = {
  readonly view: Decided
  /** null: not known yet. */
  readonly groups: readonly ProblemGroup[] | null
  readonly only: ProblemKind | null
  readonly onOnly: (only: ProblemKind | null) => void
  readonly fixes: Fixes
}

/** One card a cause: what is wrong, in how many rows, and what puts all of them right. */
export function ProblemGroups({ view, groups, only, onOnly, fixes }: GroupsProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and only what has the focus scrolls by key
    <section className={css.groups} aria-label="Problems by cause" tabIndex={0}>
      {groups?.every(({ severity }) => severity === 'note') && (
        <p className="quiet">{view.isChecked ? 'Nothing is wrong with these rows.' : 'Not checked yet.'}</p>
      )}
      {!groups ? (
        <Skeleton />
      ) : (
        groups.map((group) => {
          const isShown = only?.code === group.code && only.field === group.field
          return (
            <article
              key={`${group.code} ${group.field} ${group.severity}`}
              className={css.group}
              data-severity={group.severity}
              data-shown={isShown || undefined}
            >
              <p className={css.words}>
                <strong>{groupWords(view, group)}</strong>
              </p>
              <p className="quiet">{problemWords[group.code].doNow}</p>
              <div className={css.buttons}>
                <Button
                  size="small"
                  aria-pressed={isShown}
                  onClick={() => onOnly(isShown ? null : { code: group.code, field: group.field })}
                >
                  {isShown ? 'Show all rows' : `Show ${plural(group.rows, 'row')}`}
                </Button>
                <LeaveOut view={view} group={group} fixes={fixes} />
                {isUnmatched(view, group) && <Link href={`/import/${view.id}/columns`}>Match a column</Link>}
                {isOfMapping(group) && (
                  <Link href={`/tenants/${view.tenantId}/${view.entity === 'quotes' ? 'quotes' : 'orders'}`}>
                    Open the mapping
                  </Link>
                )}
              </div>
              <GroupFix view={view} group={group} fixes={fixes} />
            </article>
          )
        })
      )}
    </section>
  )
}

/** Rows out of the import, or back into it. */
function LeaveOut({ view, group, fixes }: { view: Decided; group: ProblemGroup; fixes: Fixes }) {
  const { code, field, rows } = group
  // Told of rows that are no records, or of all rows alike: nothing to leave out.
  if (code === 'total-row' || code === 'from-formula') return null
  const isOut = code === 'left-out'
  const isWhole = rowKeys[view.entity] !== null && fieldIn(view, field)?.of === 'record'
  return (
    <Button
      size="small"
      disabled={fixes.isBusy}
      onClick={() => void fixes.fix(isOut ? { takeBack: { code, field } } : { leaveOut: { code, field } })}
    >
      {isWhole
        ? `Leave these ${view.entity === 'quotes' ? 'quotes' : 'orders'} out`
        : `${isOut ? 'Take back' : 'Leave out'} ${plural(rows, 'row')}`}
    </Button>
  )
}

const isOfMapping = ({ code }: ProblemGroup): boolean =>
  code === 'unknown-status' || code === 'status-unmapped'

const isUnmatched = ({ decision }: Decided, { field }: ProblemGroup): boolean =>
  field !== null && decision.columns[field] === undefined

/** The sentence of its first problem. */
export function groupWords(view: Decided, { code, field, values }: ProblemGroup): string {
  const known = fieldIn(view, field)
  const example = { value: values[0]?.value ?? '', other: null }
  const more = { most: known?.maxLength ?? null, words: [] }
  const words = problemWords[code].what(known?.label ?? '', example, more).replace('row ?', 'another row')
  const others =
    isHaloProblem(code) && values.length > 1 && !code.startsWith('there-') ? values.length - 1 : 0
  return others > 0
    ? `${words} ${others === 1 ? 'One more value is' : `${count(others)} more values are`} like that.`
    : words
}
