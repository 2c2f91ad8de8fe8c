import { useEffect } from 'react'
import type { Fault, Result } from '../../../app/model/fault.ts'
import { type Answers, answered, api, faultOf, queries, useAsk, useCommand } from '../../api.ts'
import { useNotices } from '../../ui/notices.tsx'
import { useWindows } from '../../ui/table/windows.ts'

type Ok<T> = Extract<T, { ok: true }> extends { value: infer V } ? V : never
export type Group = Ok<Answers['groups']['list']>[number]
/** What a person calls it; products can be in no group, or in one that is gone. */
export const nameOfGroup = ({ id, name }: Pick<Group, 'id' | 'name'>): string =>
  name || (id === 0 ? 'In no group' : `Group ${id}, which is gone`)

export type Item = Ok<Answers['groups']['items']>['rows'][number]
type Query = Parameters<typeof api.groups.items.query>[0]['query']

/** Halo is asked when the screen opens, and after what is done here; not at every change of a run. */
function refresh(): void {
  void queries.invalidateQueries({ queryKey: ['groups.list'] })
  void queries.invalidateQueries({ queryKey: ['groups.items'] })
}

/** The groups of the tenant's Halo; null until they are known. */
export function useGroups(tenantId: number): {
  readonly groups: readonly Group[] | null
  readonly trouble: Fault | null
  readonly again: () => void
} {
  useEffect(refresh, [])
  const { data, error } = useAsk(['groups.list', tenantId], async (signal) =>
    answered(await api.groups.list.query({ tenantId }, { signal })),
  )
  return { groups: data ?? null, trouble: error ? faultOf(error) : null, again: refresh }
}

/** Its products, by windows. */
export const useItems = (tenantId: number, query: Query) =>
  useWindows<Item>(['groups.items', tenantId, query], async (window, signal) =>
    answered(await api.groups.items.query({ tenantId, query, window }, { signal })),
  )

/** All of them, for a file. */
export async function* walkItems(tenantId: number, query: Query, signal: AbortSignal) {
  for (let offset = 0; ; ) {
    const window = { offset, limit: 500 }
    const page = answered(await api.groups.items.query({ tenantId, query, window }, { signal }))
    yield page
    offset += page.rows.length
    if (page.rows.length < window.limit) return
  }
}

export type Change =
  | { readonly do: 'add'; readonly name: string }
  | { readonly do: 'rename'; readonly id: number; readonly name: string }
  | {
      readonly do: 'move'
      readonly what: { readonly haloIds: number[] } | { readonly groupId: number }
      readonly to: number
    }
  | { readonly do: 'undo'; readonly auditId: number }
  | { readonly do: 'release'; readonly commerceIds: number[] }

/** What came of a change: words for the person, and what undoes it. */
export type Changed = { readonly auditId: number | null; readonly count: number }

/** Changes of groups. Trouble is said, but for a name that is taken: that belongs at the field. */
export function useGroupChange(tenantId: number) {
  const notices = useNotices()
  const { run, isBusy } = useCommand((change: Change) => send(tenantId, change))
  return {
    isBusy,
    run: async (change: Change): Promise<Result<Changed>> => {
      const done = await run(change)
      if (done.ok) refresh()
      else if (done.fault.code !== 'name-taken') notices.trouble(done.fault)
      return done
    },
  }
}

async function send(tenantId: number, change: Change): Promise<Result<Changed>> {
  switch (change.do) {
    case 'add': {
      const added = await api.groups.add.mutate({ tenantId, name: change.name })
      return added.ok ? said(null, 1) : added
    }
    case 'rename': {
      const renamed = await api.groups.rename.mutate({ tenantId, id: change.id, name: change.name })
      return renamed.ok ? said(null, 1) : renamed
    }
    case 'move': {
      const moved = await api.groups.move.mutate({ tenantId, what: change.what, to: change.to })
      return moved.ok ? said(moved.value.auditId, moved.value.moved) : moved
    }
    case 'undo': {
      const undone = await api.groups.undoMove.mutate({ tenantId, auditId: change.auditId })
      return undone.ok ? said(null, undone.value.moved) : undone
    }
    case 'release': {
      const released = await api.groups.release.mutate({ tenantId, commerceIds: change.commerceIds })
      return released.ok ? said(null, released.value.released) : released
    }
  }
}

const said = (auditId: number | null, count: number): Result<Changed> => ({
  ok: true,
  value: { auditId, count },
})
