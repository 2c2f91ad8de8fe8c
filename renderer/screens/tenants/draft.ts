import { useState } from 'react'

/** A form's answers: what is saved shows, also what somebody saves elsewhere, until something is typed here. Plain JSON values only. */
export function useDraft<T extends object>(saved: T) {
  const [typed, setTyped] = useState<T | null>(null)
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
  }
}
