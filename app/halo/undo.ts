import type { Fault, Result } from '../model/fault.ts'
import type { HaloRecord } from '../model/halo.ts'
import type { Entity } from '../model/tenant.ts'
import type { WriteOptions } from './destination.ts'

/** A row that was made beside a record, because the record needed it: the contact of a quote, the first site of its client. */
export type MadeRow = { readonly table: string; readonly id: number }

/** A record that an import created, as it would be written today, with Halo's key of it and of what was made beside it. */
export type Made<R> = { readonly record: R; readonly haloId: number; readonly beside: readonly MadeRow[] }

/** What Halo itself put into the fields of new records that the import left open, as `TABLE.column`. */
export type OwnValues = {
  /** Fields that all of them had alike. */
  readonly same: Readonly<Record<string, string | number | null>>
  /** Fields that differed from record to record, or hold a moment: they say nothing. */
  readonly varying: readonly string[]
}

export type UndoOptions = Pick<WriteOptions, 'owner' | 'defaultGroup' | 'refs'>

/** removed; gone: somebody removed it before; left: something has touched it or refers to it, and `fault` says what. */
export type RemoveOutcome = {
  readonly haloId: number
  readonly kind: 'removed' | 'gone' | 'left'
  readonly fault: Fault | null
}

/** Takes back what an import created, as long as nothing else has touched it. */
export type SheetUndo = {
  /** Asked once an import, right after the first records of it were created. */
  ownValues<E extends Entity>(
    entity: E,
    batch: readonly Made<HaloRecord[E]>[],
    options: UndoOptions,
  ): Promise<Result<OwnValues>>
  /**
   * Removes those that Halo still has as they were written, with their lines, contacts and sites; one batch is one transaction where Halo has any.
   * Answers in the order of the records. A fault of the answer is the whole batch's, and nothing of it is certain then but what Halo still has.
   */
  remove<E extends Entity>(
    entity: E,
    batch: readonly Made<HaloRecord[E]>[],
    options: UndoOptions & { readonly own: OwnValues },
  ): Promise<Result<RemoveOutcome[]>>
}
