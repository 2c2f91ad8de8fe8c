import { useRef, useState } from 'react'
import type { MatchRow, Pair } from './asks.ts'

/** A client that a row would be linked to. */
export type Client = { readonly haloId: number; readonly name: string; readonly number: string }

const keyOfPair = (commerceId: number, haloId: number | undefined): string => `${commerceId}/${haloId ?? ''}`
export const pairOfKey = (key: string): Pair => {
  const [commerceId, haloId] = key.split('/')
  return { commerceId: Number(commerceId), haloId: Number(haloId) }
}
const hasClient = (key: string): boolean => !key.endsWith('/')

/**
 * Which customers are to be linked, each to which client. At first the sure ones, as they were seen; then what a person makes of it. A key is customer and
 * client, so that what is sent is what was picked.
 */
export function useChoice(sure: readonly (readonly [number, number])[]) {
  const [own, setOwn] = useState<ReadonlySet<string> | null>(null)
  const [chosen, setChosen] = useState<ReadonlyMap<number, Client>>(new Map())
  /** Names by key, of the rows that were on screen. */
  const names = useRef(new Map<string, string>()).current
  const keys = own ?? new Set(sure.map(([commerceId, haloId]) => keyOfPair(commerceId, haloId)))
  const clientOf = (row: MatchRow): Client | null => chosen.get(row.commerceId) ?? row.candidates[0] ?? null
  const keyOf = (row: MatchRow): string => {
    const key = keyOfPair(row.commerceId, clientOf(row)?.haloId)
    names.set(key, row.name)
    return key
  }
  const without = (commerceId: number): Set<string> =>
    new Set([...keys].filter((key) => pairOfKey(key).commerceId !== commerceId))
  return {
    keys,
    clientOf,
    keyOf,
    isChosen: (row: MatchRow): boolean => chosen.has(row.commerceId),
    nameOf: (key: string): string => names.get(key) ?? `customer ${pairOfKey(key).commerceId}`,
    /** Those that were picked; one that has no client cannot be, and is answered. */
    pick: (picked: ReadonlySet<string>): number | null => {
      setOwn(new Set([...picked].filter(hasClient)))
      const bare = [...picked].filter((key) => !hasClient(key))
      return bare.length === 1 && bare[0] ? pairOfKey(bare[0]).commerceId : null
    },
    choose: (row: MatchRow, client: Client): void => {
      setChosen(new Map(chosen).set(row.commerceId, client))
      setOwn(without(row.commerceId).add(keyOfPair(row.commerceId, client.haloId)))
    },
    drop: (commerceId: number): void => setOwn(without(commerceId)),
    /** Nothing is picked, for what was has been done. */
    clear: (): void => {
      setOwn(new Set())
      setChosen(new Map())
    },
    /** The sure ones again. */
    reset: (): void => {
      setOwn(null)
      setChosen(new Map())
    },
  }
}
export type Choice = ReturnType<typeof useChoice>

/** Customers that share their client with another one that is picked: only one of them can have it. */
export function clashesIn(keys: ReadonlySet<string>): readonly string[] {
  const byClient = Map.groupBy(keys, (key) => pairOfKey(key).haloId)
  return [...byClient.values()].flatMap((same) => (same.length > 1 ? same : []))
}
