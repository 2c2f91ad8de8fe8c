import { useEffect, useState } from 'react'

/** What was typed and put aside, by the form's name, while the person looks at another screen (a preview of it, say). */
const aside = new Map<string, object>()

/**
 * A form's answers: what is saved shows, also what somebody saves elsewhere, until something is typed here. Plain JSON values only.
 * With a `name`, what was put aside is there again when the form comes back.
 */
export function useDraft<T extends object>(saved: T, name?: string) {
  const [typed, setTyped] = useState<T | null>(() => ((name && aside.get(name)) || null) as T | null)
  useEffect(() => {
    if (name !== undefined) aside.delete(name)
  }, [name])
  const draft = typed ?? saved
  const isSame = (other: T): boolean => JSON.stringify(other) === JSON.stringify(saved)
  return {
    draft,
    isDirty: !isSame(draft),
    change: (part: Partial<T>): void =>
      setTyped((before) => {
        const next = { ...(before ?? saved), ...part }
        return isSame(next) ? null : next
      }),
    undo: (): void => setTyped(null),
    /** After saving: shows what was saved, unless more was typed meanwhile. */
    settle: (sent: T): void => setTyped((now) => (now === sent ? null : now)),
    putAside: (): void => {
      if (name !== undefined) aside.set(name, draft)
    },
  }
}
