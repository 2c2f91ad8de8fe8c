import type { MadeRow } from '../undo.ts'
import type { Plan } from './context.ts'
import type { Draft } from './fields.ts'

type Parts = Pick<Plan, 'commerceId' | 'label' | 'haloId' | 'body' | 'keep'> &
  Partial<Pick<Plan, 'needs' | 'gone'>>

/** A record's plan out of its draft: created without a key, unchanged without a change. Taken when the draft is whole. */
export const planFrom = (draft: Draft, parts: Parts): Plan => ({
  needs: [],
  gone: [],
  ...parts,
  kind: parts.haloId === null ? 'created' : draft.changes.length > 0 ? 'updated' : 'unchanged',
  changes: draft.changes,
  notes: [...draft.notes],
  fault: draft.trouble(),
})

/** Contacts that were made because the record needed them. */
export const besideOf = ({ needs }: Plan): MadeRow[] =>
  needs.flatMap(({ person }) => (person?.id == null ? [] : [{ table: 'USERS', id: person.id }]))
