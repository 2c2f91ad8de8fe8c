import { ok } from '../app/model/fault.ts'
import type { Store } from '../app/store/open.ts'
import type { FailurePort } from './api/port.ts'
import type { RunControl } from './run-control.ts'

type FailureDeskParts = {
  readonly store: Store
  readonly control: RunControl
  readonly startRetry: (tenantId: number) => ReturnType<RunControl['start']>
  readonly onChange: () => void
}

/** What a person can do with failed records: try them again, ignore them for a reason, take that back. Each is in the audit trail. */
export function createFailureDesk({ store, control, startRetry, onChange }: FailureDeskParts): FailurePort {
  const note = (what: string, choice: unknown, more: Readonly<Record<string, unknown>>): void => {
    store.audit.add({ who: 'person', what, tenantId: null, after: { ...more, which: choice } })
    onChange()
  }
  /** A tenant whose run goes on is tried when that has ended; another refusal then is a run that tells of itself. */
  const retryLater = async (tenantId: number): Promise<void> => {
    const busy = control.live().find((run) => run.tenantId === tenantId)
    if (busy) await control.ended(busy.runId)
    startRetry(tenantId)
  }
  return {
    retry: async (choice) => {
      const runIds: number[] = []
      const later: number[] = []
      for (const tenantId of store.failures.retryNow(choice)) {
        const started = startRetry(tenantId)
        if (started.ok) runIds.push(started.value.runId)
        else if (started.fault.code === 'already-running') {
          later.push(tenantId)
          void retryLater(tenantId)
        } else return started
      }
      onChange()
      return ok({ runIds, later })
    },
    ignore: (choice, reason) => {
      const count = store.failures.ignore(choice, reason)
      if (count > 0) note('failed records ignored', choice, { count, reason })
      return ok({ count })
    },
    reopen: (choice) => {
      const count = store.failures.reopen(choice)
      if (count > 0) note('failed records no longer ignored', choice, { count })
      return ok({ count })
    },
  }
}
