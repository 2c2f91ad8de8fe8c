import { useCallback, useEffect, useRef, useSyncExternalStore } from 'react'
import type { AroundNavHandler } from 'wouter'

/** The forms on screen that hold something typed and not saved. */
const dirty = new Set<symbol>()
/** Where the person wanted to go when a form held them back; null: nobody is being asked. */
let wanted: (() => void) | null = null
const listeners = new Set<() => void>()
let at = typeof window === 'undefined' ? '' : window.location.pathname + window.location.search

function want(go: (() => void) | null): void {
  wanted = go
  for (const tell of listeners) tell()
}

/**
 * For every form: while `isDirty`, leaving its page asks first (another tab or screen, the back button), and closing or reloading the
 * window warns. `release` lets go at once, for the way out after saving. Changes of the address behind the `?` are no leaving.
 */
export function useUnsaved(isDirty: boolean): { readonly release: () => void } {
  const id = useRef(Symbol('form'))
  useEffect(() => {
    const { current } = id
    if (!isDirty) return
    const onClose = (event: BeforeUnloadEvent): void => {
      if (dirty.has(current)) event.preventDefault()
    }
    dirty.add(current)
    window.addEventListener('beforeunload', onClose)
    return () => {
      dirty.delete(current)
      window.removeEventListener('beforeunload', onClose)
    }
  }, [isDirty])
  const release = useCallback(() => void dirty.delete(id.current), [])
  return { release }
}

/** Between every link and where it leads (wouter's own place for it). */
export const askBeforeLeaving: AroundNavHandler = (navigate, to, options) => {
  const go = (): void => {
    navigate(to, options)
    at = window.location.pathname + window.location.search
  }
  if (dirty.size === 0 || pathOf(to) === window.location.pathname) go()
  else want(go)
}

const pathOf = (to: string): string => new URL(to, window.location.href).pathname

/**
 * The back button has already changed the address when we hear of it: it is put back before any screen notices, and the person is asked.
 * Must be called before the first screen is drawn.
 */
export function guardBackButton(): void {
  window.addEventListener('popstate', (event) => {
    const to = window.location.pathname + window.location.search
    if (dirty.size === 0 || pathOf(at) === window.location.pathname) {
      at = to
      return
    }
    event.stopImmediatePropagation()
    window.history.pushState(null, '', at)
    want(() => {
      window.history.pushState(null, '', to)
      at = to
    })
  })
}

/** Whether the person is to be asked now, and what to do with the answer. */
export function useLeaving(): {
  readonly isAsked: boolean
  readonly stay: () => void
  readonly leave: () => void
} {
  const go = useSyncExternalStore(
    (tell) => {
      listeners.add(tell)
      return () => listeners.delete(tell)
    },
    () => wanted,
  )
  return {
    isAsked: go !== null,
    stay: () => want(null),
    leave: () => {
      dirty.clear()
      want(null)
      go?.()
    },
  }
}
