import { setTimeout as rest } from 'node:timers/promises'
import { fault } from '../app/model/fault.ts'
import type { Store } from '../app/store/open.ts'
import type { EngineOptions } from './engine.ts'

/** Between two bites: long enough for everybody who waits for the store or for this thread. */
const restMs = 50

/**
 * Old runs, their records and logs, closed failures, old audit rows and old exchanges go once a day, bite by bite: one that takes the
 * store for seconds would hold up a sync and every screen.
 */
export function dailyHousekeeping(
  store: Pick<Store, 'runs' | 'failures' | 'audit' | 'sentMails'>,
  pruneExchanges: () => void,
  onTrouble: EngineOptions['onTrouble'],
) {
  let timer: NodeJS.Timeout | null = null
  let isEnded = false
  const tidy = async (): Promise<void> => {
    try {
      for (const prune of [store.runs.prune, store.audit.prune, store.sentMails.prune]) {
        while (!isEnded && prune()) await rest(restMs)
      }
      if (isEnded) return
      store.failures.prune()
      pruneExchanges()
    } catch (error) {
      onTrouble(fault('store-locked', { raw: String(error) }), 'housekeeping')
    }
  }
  return {
    begin: () => {
      timer = setInterval(() => void tidy(), 86_400_000)
      timer.unref()
      void tidy()
    },
    /** Nothing is taken from the store after this. */
    end: () => {
      isEnded = true
      if (timer) clearInterval(timer)
    },
    /** The whole of it, now. */
    tidy,
  }
}
