import { useLocation } from 'wouter'
import type { Fault, Result } from '../../../app/model/fault.ts'
import type { Mapping } from '../../../app/model/mapping.ts'
import { type Answers, api, faultOf, queries, useAsk, useAskOnce, useCommand } from '../../api.ts'
import { useNotices } from '../../ui/notices.tsx'

export type HaloChoices = Extract<Answers['mapping']['choices'], { ok: true }>['value']
export type StatusCount = Answers['mapping']['statuses'][number]
export type CategoryRow = Answers['mapping']['categories'][number]

/** What the tenant's Halo offers; `choices` is null until it has answered, and `trouble` says why when it could not. */
export function useChoices(tenantId: number): {
  readonly choices: HaloChoices | null
  readonly trouble: Fault | null
  readonly again: () => void
} {
  const asked = useAskOnce(['mapping.choices', tenantId], (signal) =>
    api.mapping.choices.query({ id: tenantId }, { signal }),
  )
  const refused = asked.data?.ok === false ? asked.data.fault : null
  return {
    choices: asked.data?.ok ? asked.data.value : null,
    trouble: refused ?? (asked.error && !asked.data ? faultOf(asked.error) : null),
    again: () => void asked.refetch(),
  }
}

/** Commerce's categories; null until they are known. */
export function useCategories(tenantId: number): readonly CategoryRow[] | null {
  const asked = useAskOnce(['mapping.categories', tenantId], (signal) =>
    api.mapping.categories.query({ id: tenantId }, { signal }),
  )
  return asked.data ?? null
}

export function useStatusCounts(tenantId: number, entity: 'quotes' | 'salesOrders'): readonly StatusCount[] {
  const asked = useAsk(['mapping.statuses', tenantId, entity], (signal) =>
    api.mapping.statuses.query({ id: tenantId, entity }, { signal }),
  )
  return asked.data ?? none
}
const none: readonly StatusCount[] = []

type MappingPatch = Partial<Mapping>

/** Starts a preview of what was typed and leads to it; what was typed waits until the person is back. */
export function usePreviewMapping(tenantId: number) {
  const notices = useNotices()
  const [, go] = useLocation()
  const preview = useCommand((patch: MappingPatch) => api.mapping.preview.mutate({ id: tenantId, patch }))
  return {
    isBusy: preview.isBusy,
    run: async (patch: MappingPatch, beforeLeaving: () => void): Promise<void> => {
      const begun = await preview.run(patch)
      if (!begun.ok) return notices.trouble(begun.fault)
      beforeLeaving()
      go(`/runs/${begun.value.runId}`)
    },
  }
}

/** Saves parts of a mapping; says what came of it, but leaves a problem of a field to the form. */
export function useSaveMapping(tenantId: number) {
  const notices = useNotices()
  const save = useCommand((patch: MappingPatch) => api.mapping.save.mutate({ id: tenantId, patch }))
  return {
    isBusy: save.isBusy,
    run: async (patch: MappingPatch): Promise<Result<null>> => {
      const saved = await save.run(patch)
      if (saved.ok) {
        await queries.invalidateQueries({ queryKey: ['tenants.get', tenantId] })
        notices.done('Saved. It is used from the next run on.')
      } else if (!saved.fault.facts?.field) notices.trouble(saved.fault)
      return saved
    },
  }
}
