import type { ReactNode } from 'react'
import type { Mapping } from '../../../app/model/mapping.ts'
import type { Tenant } from '../../../app/model/tenant.ts'
import { Trouble } from '../../ui/trouble.tsx'
import { useDraft } from './draft.ts'
import { DraftForm } from './draft-form.tsx'
import { type HaloChoices, useChoices, usePreviewMapping, useSaveMapping } from './mapping-asks.ts'
import { MappingHistory } from './mapping-history.tsx'
import page from './tenant-page.module.css'

type Inside<Part extends keyof Mapping> = {
  readonly draft: Pick<Mapping, Part>
  readonly change: (patch: Partial<Pick<Mapping, Part>>) => void
  /** What Halo has to choose from; null until it is known. */
  readonly choices: HaloChoices | null
}

type MappingTabProps<Part extends keyof Mapping> = {
  readonly tenant: Tenant
  /** Names the form, and its draft while a preview of it is looked at. */
  readonly label: string
  /** What of the mapping is changed here. */
  readonly parts: readonly Part[]
  /** What saving leads to. */
  readonly effect: string
  /** Why it cannot be saved as it is. */
  readonly problemOf?: (inside: Omit<Inside<Part>, 'change'>) => string | undefined
  readonly children: (inside: Inside<Part>) => ReactNode
}

/** Parts of a tenant's mapping: changed, previewed, saved or undone together, with their history below. */
export function MappingTab<Part extends keyof Mapping>(props: MappingTabProps<Part>) {
  const { tenant, label, parts, effect, problemOf, children } = props
  const saved = Object.fromEntries(parts.map((part) => [part, tenant.mapping[part]])) as Pick<Mapping, Part>
  const { draft, isDirty, change, undo, settle, putAside } = useDraft(saved, `${label}-${tenant.id}`)
  const { choices, trouble } = useChoices(tenant.id)
  const save = useSaveMapping(tenant.id)
  const preview = usePreviewMapping(tenant.id)
  return (
    <div className={page.stack}>
      {trouble && <Trouble fault={trouble} />}
      <DraftForm
        label={label}
        isDirty={isDirty}
        isBusy={save.isBusy || preview.isBusy}
        problem={problemOf?.({ draft, choices })}
        effect={effect}
        onSave={() => void save.run(draft).then(({ ok }) => ok && settle(draft))}
        onPreview={(letGo) =>
          void preview.run(draft, () => {
            putAside()
            letGo()
          })
        }
        onUndo={undo}
      >
        {children({ draft, change, choices })}
      </DraftForm>
      <MappingHistory tenantId={tenant.id} parts={parts} />
    </div>
  )
}

/** What is said above the statuses of quotes and of sales orders. */
export const statusNote =
  "When a status changes in Commerce, Halo's changes with it. Never the other way round, and a status set in Halo stays until Commerce's next change."
