import { type ComponentType, lazy, useState } from 'react'

export type Later<P extends object> = ComponentType<P> & {
  /** Fetches the screen's code ahead of need; a failure is left to the moment when it is shown. */
  readonly load: () => Promise<void>
}

const all: (() => Promise<void>)[] = []

/**
 * A screen whose code comes in a bundle of its own. Once the code is here it is drawn at once: React's lazy alone would show the
 * fallback first, and keeps it for 300 ms to avoid a flicker.
 */
export function later<P extends object>(get: () => Promise<ComponentType<P>>): Later<P> {
  let here: ComponentType<P> | null = null
  const fetchIt = async (): Promise<ComponentType<P>> => {
    here ??= await get()
    return here
  }
  const Lazy = lazy(async () => ({ default: await fetchIt() }))
  function Screen(props: P) {
    // Chosen once: another component in the same place would lose what was typed.
    const [Chosen] = useState<ComponentType<P>>(() => here ?? Lazy)
    return <Chosen {...props} />
  }
  const load = async (): Promise<void> => {
    try {
      await fetchIt()
    } catch {
      // Asked for again when the screen is opened, where the boundary shows what went wrong.
      here = null
    }
  }
  all.push(load)
  return Object.assign(Screen, { load })
}

/** Fetches the code of all screens, one after the other, while nothing else is to be done. */
export async function loadTheRest(): Promise<void> {
  for (const load of all) await load()
}
