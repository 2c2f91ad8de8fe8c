import { Button } from '@fluentui/react-components'
import { ArrowUndo16Regular } from '@fluentui/react-icons'
import { useState } from 'react'
import type { Mapping } from '../../../app/model/mapping.ts'
import { type Answers, api, queries, useAsk, useCommand } from '../../api.ts'
import { plural } from '../../ui/format.ts'
import { useNotices } from '../../ui/notices.tsx'
import { Section } from '../../ui/page.tsx'
import { Time } from '../../ui/time.tsx'
import { ChangeTable } from './change-table.tsx'
import { type NamedPlace, namesOf, partWords } from './change-words.ts'
import css from './mapping.module.css'
import { useCategories, useChoices } from './mapping-asks.ts'

type HistoryRow = Answers['mapping']['history'][number]
const rowsShown = 10

/** Changes of these parts of the mapping: when, who, and field by field what; each can be taken back. */
export function MappingHistory({ tenantId, parts }: { tenantId: number; parts: readonly (keyof Mapping)[] }) {
  const notices = useNotices()
  const history = useAsk(['mapping.history', tenantId], (signal) =>
    api.mapping.history.query({ id: tenantId }, { signal }),
  ).data
  const { choices } = useChoices(tenantId)
  const categories = useCategories(tenantId)
  const place = { names: namesOf(choices, categories ?? []), clientFields: choices?.clientFields ?? null }
  const revert = useCommand((auditId: number) => api.mapping.revert.mutate({ id: tenantId, auditId }))
  const [shown, setShown] = useState(rowsShown)
  const rows = (history ?? []).filter(({ changed }) => changed.some((part) => parts.includes(part)))
  const onRevert = async (auditId: number): Promise<void> => {
    notices.tell(await revert.run(auditId), 'As it was before that change.')
    await queries.invalidateQueries({ queryKey: ['tenants.get', tenantId] })
  }
  return (
    <Section title="History">
      {rows.length === 0 ? (
        <p className="quiet">Nothing was changed yet.</p>
      ) : (
        <ul className={css.history} aria-label="History">
          {rows.slice(0, shown).map((row) => (
            <Change key={row.auditId} row={row} place={place} isBusy={revert.isBusy} onRevert={onRevert} />
          ))}
        </ul>
      )}
      {rows.length > shown && (
        <Button size="small" appearance="subtle" onClick={() => setShown(shown + 20)}>
          Show older changes
        </Button>
      )}
    </Section>
  )
}

type ChangeProps = {
  readonly row: HistoryRow
  readonly place: NamedPlace
  readonly isBusy: boolean
  readonly onRevert: (auditId: number) => Promise<void>
}

function Change({ row, place, isBusy, onRevert }: ChangeProps) {
  const { auditId, at, who, changed, changes, more } = row
  const [isOpen, setOpen] = useState(false)
  return (
    <li>
      <details className={css.change} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          <span>{changed.map((part) => partWords[part]).join(', ')}</span>{' '}
          <span className="quiet">
            <Time at={at} />, {who === 'person' ? 'a person' : who}, {plural(changes.length + more, 'change')}
          </span>
        </summary>
        {isOpen && <ChangeTable name="What this change changed" changes={changes} place={place} />}
        {more > 0 && <p className="quiet">And {plural(more, 'more change')}.</p>}
      </details>
      <Button
        size="small"
        appearance="subtle"
        icon={<ArrowUndo16Regular />}
        disabled={isBusy}
        onClick={() => void onRevert(auditId)}
      >
        Put back to before this
      </Button>
    </li>
  )
}
