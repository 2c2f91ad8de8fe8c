import { Button } from '@fluentui/react-components'
import { ArrowUndo16Regular } from '@fluentui/react-icons'
import type { Mapping } from '../../../app/model/mapping.ts'
import { api, queries, useAsk, useCommand } from '../../api.ts'
import { useNotices } from '../../ui/notices.tsx'
import { Section } from '../../ui/page.tsx'
import { Time } from '../../ui/time.tsx'
import css from './mapping.module.css'

const partWords: Record<keyof Mapping, string> = {
  customerFields: 'Field mappings',
  quoteStatus: 'Quote statuses',
  orderStatus: 'Sales order statuses',
  orderStatusesToImport: 'Sales orders to import',
  groups: 'Product groups',
  defaultGroup: 'Default group',
  createItemsFromQuotes: 'Items from quotes',
  setProductSupplier: 'Product supplier',
  interpretation: 'How values are read, and links',
}
const rowsShown = 10

/** Changes of these parts of the mapping: when, who, what; each can be taken back. */
export function MappingHistory({ tenantId, parts }: { tenantId: number; parts: readonly (keyof Mapping)[] }) {
  const notices = useNotices()
  const history = useAsk(['mapping.history', tenantId], (signal) =>
    api.mapping.history.query({ id: tenantId }, { signal }),
  ).data
  const revert = useCommand((auditId: number) => api.mapping.revert.mutate({ id: tenantId, auditId }))
  const rows = (history ?? []).filter(({ changed }) => changed.some((part) => parts.includes(part)))
  return (
    <Section title="History">
      {rows.length === 0 ? (
        <p className="quiet">Nothing was changed yet.</p>
      ) : (
        <ul className={css.history} aria-label="History">
          {rows.slice(0, rowsShown).map(({ auditId, at, who, changed }) => (
            <li key={auditId}>
              <span>{changed.map((part) => partWords[part]).join(', ')}</span>
              <span className="quiet">
                <Time at={at} />, {who === 'person' ? 'a person' : who}
              </span>
              <Button
                size="small"
                appearance="subtle"
                icon={<ArrowUndo16Regular />}
                disabled={revert.isBusy}
                onClick={async () => {
                  notices.tell(await revert.run(auditId), 'As it was before that change.')
                  await queries.invalidateQueries({ queryKey: ['tenants.get', tenantId] })
                }}
              >
                Put back to before this
              </Button>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
