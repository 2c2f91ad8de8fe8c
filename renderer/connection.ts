import { useSyncExternalStore } from 'react'

/** connected; lost: the engine does not answer (since when); signed-out: it answers, but no longer knows this window. */
export type Connection =
  | { readonly state: 'connected' }
  | { readonly state: 'lost'; readonly since: number }
  | { readonly state: 'signed-out' }

let current: Connection = { state: 'connected' }
const listeners = new Set<() => void>()

function become(next: Connection): void {
  if (next.state === current.state) return
  current = next
  for (const tell of listeners) tell()
}

export const noteConnected = (): void => become({ state: 'connected' })
export const noteSignedOut = (): void => become({ state: 'signed-out' })
export const noteLost = (): void => {
  if (current.state !== 'signed-out') become({ state: 'lost', since: Date.now() })
}

/** How the window stands with the engine. */
export function useConnection(): Connection {
  return useSyncExternalStore(
    (tell) => {
      listeners.add(tell)
      return () => listeners.delete(tell)
    },
    () => current,
  )
}
