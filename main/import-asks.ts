import { type Fault, fail, fault, ok, type Result } from '../app/model/fault.ts'
import { checkHalo } from '../app/sheets/halo-check.ts'
import type { HaloNote } from '../app/store/import-notes.ts'
import type { RowRange } from '../app/store/import-problems.ts'
import type { ImportsBusy } from './import-checks.ts'
import type { OpenImport } from './import-desk.ts'
import type { ImportWizardParts } from './import-port.ts'
import { type ImportShelf, wrong } from './import-shelf.ts'
import { guardedWork } from './import-turns.ts'

/**
 * Asks tenants' Halos about checked imports, one question at a time for each: a new one, and any change of the rows, ends the one before. Nobody waits for
 * it: what comes of it is noted with the import.
 */
export type HaloAsks = {
  /** About all records. */
  begin(id: string): void
  /** About the records of these rows, which were changed; about all where that had not come to its end; not at all where Halo did not answer. */
  goOn(id: string, ranges: readonly RowRange[]): void
  /** Asks anew, also what was answered before. */
  again(id: string): Result<null>
  /** Ends the question; `isStopped`: because a person does not want to wait for it. */
  end(id: string, isStopped?: boolean): void
  close(): void
}

export function haloAsks(
  { store, clock, atHalo, onChange }: Pick<ImportWizardParts, 'store' | 'clock' | 'atHalo' | 'onChange'>,
  shelf: ImportShelf,
  busy: ImportsBusy,
): HaloAsks {
  const running = new Map<string, AbortController>()
  /** Rows that were changed and about which no question has come to its end yet. */
  const pending = new Map<string, readonly RowRange[]>()
  const note = ({ notes }: OpenImport, halo: HaloNote | null): void => {
    const work = notes.work()
    if (work) notes.setWork({ ...work, halo })
    onChange()
  }
  const ask = async (id: string, open: OpenImport, ranges?: readonly RowRange[]): Promise<void> => {
    running.get(id)?.abort()
    const origin = open.notes.origin()
    const choices = open.notes.choices()
    const tenant = origin && store.tenants.get(origin.tenantId)
    if (!choices || !tenant) return
    const abort = new AbortController()
    running.set(id, abort)
    const asked = await busy.during(id, 'asking', (onProgress) => {
      const work = guardedWork(open.file, () =>
        atHalo(tenant, async (destination) => {
          // It may have taken a while to reach it.
          if (abort.signal.aborted) return fail(fault('cancelled'))
          const work = { draft: open.draft, asked: open.asked, choices, tenant, destination, clock }
          const trouble = await checkHalo({ ...work, signal: abort.signal, onProgress }, ranges)
          return trouble ? fail(trouble) : ok(null)
        }),
      )
      // Nobody waits for what a Halo has still to say once it is not wanted any more.
      return Promise.race([work, endOf(abort.signal)])
    })
    // Whoever ended it has said so already, and the import may be closed.
    if (abort.signal.aborted) return
    running.delete(id)
    pending.delete(id)
    note(open, asked.ok ? askedNow() : noAnswer(asked.fault))
  }
  const askedNow = (): HaloNote => ({ state: 'asked', at: new Date(clock.now()).toISOString() })
  const begin = (id: string, ranges?: readonly RowRange[]): void => {
    const open = shelf.find(id)
    if (!open) return
    ask(id, open, ranges).catch((error: unknown) => {
      running.delete(id)
      note(open, noAnswer(bugOf(error)))
    })
  }
  return {
    begin,
    goOn: (id, ranges) => {
      const halo = shelf.find(id)?.notes.work()?.halo ?? null
      const all = [...(pending.get(id) ?? []), ...ranges]
      if (halo?.state === 'asked' && all.length > 0) {
        pending.set(id, all)
        begin(id, all)
      } else if (halo === null) begin(id)
    },
    again: (id) => {
      const found = shelf.changeable(id)
      if (!found.ok) return found
      const { open, work } = found.value
      if (!work.isChecked) return wrong('It is not checked yet.')
      if (running.has(id)) return ok(null)
      open.asked.forget()
      note(open, null)
      begin(id)
      return ok(null)
    },
    end: (id, isStopped = false) => {
      const abort = running.get(id)
      abort?.abort()
      running.delete(id)
      const open = abort && isStopped ? shelf.find(id) : null
      if (open) note(open, { state: 'stopped' })
    },
    close: () => {
      for (const abort of running.values()) abort.abort()
    },
  }
}

const endOf = (signal: AbortSignal): Promise<Result<null>> =>
  new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(fail(fault('cancelled'))), { once: true })
  })

const bugOf = (error: unknown): Fault =>
  fault('bug', { raw: error instanceof Error ? (error.stack ?? error.message) : String(error) })

const noAnswer = (found: Fault): HaloNote => ({ state: 'no answer', fault: found })
