import { useCallback } from 'react'
import { idIn, oneOf, useAddress } from '../../ui/address.ts'

export const detailTabs = [
  'explanation',
  'request',
  'response',
  'timing',
  'attempts',
  'related',
  'compare',
] as const
export type DetailTab = (typeof detailTabs)[number]

type InspectorAddress = {
  /** The filter line. */
  readonly q: string
  /** The exchange that is open. */
  readonly id: number | null
  readonly tab: DetailTab
  readonly isGrouped: boolean
  /** The exchange that the open one is compared with. */
  readonly other: number | null
}

/** Where the inspector stands: all of it is in the address, so that a link, a reload and the back button keep it. */
export function useInspectorAddress(): {
  readonly at: InspectorAddress
  readonly filter: (q: string) => void
  readonly open: (id: number | null, tab?: DetailTab) => void
  readonly group: (isGrouped: boolean) => void
  readonly compareWith: (id: number | null) => void
} {
  const { get, set } = useAddress()
  const at = {
    q: get('q') ?? '',
    id: idIn(get('id')),
    tab: oneOf(detailTabs, get('tab')) ?? 'explanation',
    isGrouped: get('view') === 'causes',
    other: idIn(get('with')),
  }
  const filter = useCallback((q: string) => set({ q: q.trim(), view: null }), [set])
  const open = useCallback(
    (id: number | null, tab?: DetailTab) =>
      set({
        id: id === null ? null : String(id),
        ...(tab ? { tab: tab === 'explanation' ? null : tab } : {}),
        ...(id === null ? { tab: null } : {}),
      }),
    [set],
  )
  const group = useCallback((isGrouped: boolean) => set({ view: isGrouped ? 'causes' : null }), [set])
  const compareWith = useCallback(
    (id: number | null) =>
      set({ with: id === null ? null : String(id), ...(id === null ? { tab: null } : {}) }),
    [set],
  )
  return { at, filter, open, group, compareWith }
}

/** The inspector with a filter, for links from other screens. */
export const inspectorPath = (q: string): string => `/inspector?${new URLSearchParams({ q })}`

/** An address that leads to a request from elsewhere: the desktop program's own one is known to nobody, so it has a scheme (main/shell/links.ts). */
export const linkOf = (id: number): string =>
  window.location.protocol === 'app:'
    ? `commerce-integrator://exchange/${id}`
    : `${window.location.origin}/inspector?id=${id}`
