import { useRef, useState } from 'react'
import type { Fault, Result } from '../../../app/model/fault.ts'
import { type Answers, answered, api, faultOf, queries, useAsk, useCommand } from '../../api.ts'
import { useNotices } from '../../ui/notices.tsx'
import { useWindows } from '../../ui/table/windows.ts'

type Ok<T> = Extract<T, { ok: true }> extends { value: infer V } ? V : never
export type MatchRow = Ok<Answers['matches']['list']>['rows'][number]
export type Candidate = MatchRow['candidates'][number]
export type Summary = Ok<Answers['matches']['look']>
export type Query = Parameters<typeof api.matches.list.query>[0]['query']
export type Pair = { readonly commerceId: number; readonly haloId: number }

/** After what was done here; not at every change of a run, for Halo may have to be asked for all its clients. */
export async function refresh(): Promise<void> {
  await Promise.all(
    ['matches.look', 'matches.list', 'matches.alike'].map((name) =>
      queries.invalidateQueries({ queryKey: [name] }),
    ),
  )
}

/** What can be matched in this tenant, and how many of it; `again` asks Halo anew. */
export function useLook(tenantId: number): {
  readonly look: Summary | null
  readonly trouble: Fault | null
  readonly isAsking: boolean
  readonly again: () => Promise<void>
} {
  const isAnew = useRef(false)
  const { data, error, isFetching } = useAsk(['matches.look', tenantId], async (signal) => {
    const found = answered(await api.matches.look.query({ tenantId, isAnew: isAnew.current }, { signal }))
    isAnew.current = false
    return found
  })
  const again = async (): Promise<void> => {
    isAnew.current = true
    await queries.invalidateQueries({ queryKey: ['matches.look', tenantId] })
    await queries.invalidateQueries({ queryKey: ['matches.list', tenantId] })
  }
  return { look: data ?? null, trouble: error ? faultOf(error) : null, isAsking: isFetching, again }
}

/** The customers, by windows. */
export const useMatches = (tenantId: number, query: Query) =>
  useWindows<MatchRow>(['matches.list', tenantId, query], async (window, signal) =>
    answered(await api.matches.list.query({ tenantId, query, window }, { signal })),
  )

/** All of them, for a file. */
export async function* walkMatches(tenantId: number, query: Query, signal: AbortSignal) {
  for (let offset = 0; ; ) {
    const window = { offset, limit: 500 }
    const page = answered(await api.matches.list.query({ tenantId, query, window }, { signal }))
    yield page
    offset += page.rows.length
    if (page.rows.length < window.limit) return
  }
}

/** What came of linking: how many were, and each that was not, with the reason. */
export type Linked = {
  readonly linked: number
  readonly refused: readonly (Pair & { readonly fault: Fault })[]
  /** Why the rest was not tried at all. */
  readonly stopped: Fault | null
}

/** As many as one request takes. */
const atOnce = 500

/** Links pairs, some hundred at a time; `done` counts those that were tried. */
export function useLinking(tenantId: number) {
  const [done, setDone] = useState(0)
  const send = useCommand((pairs: Pair[]) => api.matches.confirm.mutate({ tenantId, pairs }))
  const run = async (pairs: readonly Pair[]): Promise<Linked> => {
    setDone(0)
    const outcomes: Ok<Answers['matches']['confirm']>['outcomes'][number][] = []
    let stopped: Fault | null = null
    for (let from = 0; from < pairs.length && stopped === null; from += atOnce) {
      const answer = await send.run(pairs.slice(from, from + atOnce))
      if (answer.ok) outcomes.push(...answer.value.outcomes)
      else stopped = answer.fault
      setDone(from + atOnce)
    }
    await refresh()
    const refused = outcomes.flatMap(({ fault, ...pair }) => (fault ? [{ ...pair, fault }] : []))
    return { linked: outcomes.length - refused.length, refused, stopped }
  }
  return { run, isBusy: send.isBusy, done }
}

/** Takes links back that no sync has used; says what came of it. */
export function useTakingBack(tenantId: number) {
  const notices = useNotices()
  const send = useCommand((auditIds: number[]) => api.matches.undo.mutate({ tenantId, auditIds }))
  const run = async (auditIds: readonly number[]): Promise<Result<unknown>> => {
    const undone = await send.run([...auditIds])
    if (undone.ok) notices.done('The links were taken back.')
    else notices.trouble(undone.fault)
    await refresh()
    return undone
  }
  return { run, isBusy: send.isBusy }
}

/** Says that customers are no clients yet, or takes that back. */
export function useNewOnes(tenantId: number) {
  const notices = useNotices()
  const send = useCommand((given: { readonly commerceIds: number[]; readonly isNew: boolean }) =>
    api.matches.setNew.mutate({ tenantId, ...given }),
  )
  const run = async (commerceIds: readonly number[], isNew: boolean): Promise<void> => {
    const said = await send.run({ commerceIds: [...commerceIds], isNew })
    if (!said.ok) return notices.trouble(said.fault)
    await refresh()
    const words = isNew ? 'The next sync makes new clients of them.' : 'They are to be decided again.'
    const one = isNew ? 'The next sync makes a new client of it.' : 'It is to be decided again.'
    notices.done(
      commerceIds.length === 1 ? one : words,
      isNew ? () => void run(commerceIds, false) : undefined,
    )
  }
  return { run, isBusy: send.isBusy }
}
