import { useCallback } from 'react'
import { useSearchParams } from 'wouter'

/**
 * Filters live in the address, so that a link, a reload and the back button keep them.
 * Setting a value replaces the entry (typing would fill the history); null or '' takes it out.
 */
export function useAddress(): {
  readonly get: (name: string) => string | null
  readonly set: (values: Readonly<Record<string, string | null>>) => void
} {
  const [params, setParams] = useSearchParams()
  const get = useCallback((name: string) => params.get(name) || null, [params])
  const set = useCallback(
    (values: Readonly<Record<string, string | null>>) => {
      setParams(
        (before) => {
          const after = new URLSearchParams(before)
          for (const [name, value] of Object.entries(values)) {
            if (value) after.set(name, value)
            else after.delete(name)
          }
          return after
        },
        { replace: true },
      )
    },
    [setParams],
  )
  return { get, set }
}

/** An id in an address, or null when somebody wrote something else there. */
export function idIn(text: string | null | undefined): number | null {
  const value = Number(text)
  return text && Number.isSafeInteger(value) && value > 0 ? value : null
}

/** One of the given words, or null. */
export function oneOf<T extends string>(words: readonly T[], text: string | null): T | null {
  return words.find((word) => word === text) ?? null
}
