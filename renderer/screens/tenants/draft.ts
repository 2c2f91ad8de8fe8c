import { useState } from 'react'

/** A form's answers: what somebody saves elsewhere appears, unless something was typed here. Plain JSON values only. */
export function useDraft<T extends object>(saved: T) {
  const now = JSON.stringify(saved)
  const [seen, setSeen] = useState(now)
  const [draft, setDraft] = useState(saved)
  if (seen !== now) {
    if (JSON.stringify(draft) === seen) setDraft(saved)
    setSeen(now)
  }
  return {
    draft,
    isDirty: JSON.stringify(draft) !== now,
    change: (part: Partial<T>): void => setDraft((before) => ({ ...before, ...part })),
    undo: (): void => setDraft(saved),
  }
}
