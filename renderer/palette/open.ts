import { useSyncExternalStore } from 'react'

/** Which of the two windows that lie over everything is open: the command palette, or the help about keys. */
export type Over = 'palette' | 'keys' | null

let over: Over = null
const listeners = new Set<() => void>()

export function openOver(next: Over): void {
  over = next
  for (const tell of listeners) tell()
}

export const useOver = (): Over =>
  useSyncExternalStore(
    (tell) => {
      listeners.add(tell)
      return () => listeners.delete(tell)
    },
    () => over,
  )
