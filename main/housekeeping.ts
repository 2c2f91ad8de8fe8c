import { fault } from '../app/model/fault.ts'
import type { Store } from '../app/store/open.ts'
import type { EngineOptions } from './engine.ts'

/** Old runs, closed failures and old exchanges go once a day. */
export function dailyHousekeeping(
  store: Store,
  pruneExchanges: () => void,
  onTrouble: EngineOptions['onTrouble'],
) {
  let timer: NodeJS.Timeout | null = null
  const tidy = (): void => {
    try {
      store.runs.prune()
      store.failures.prune()
      pruneExchanges()
    } catch (error) {
      onTrouble(fault('store-locked', { raw: String(error) }), 'housekeeping')
    }
  }
  return {
    begin: () => {
      timer = setInterval(tidy, 86_400_000)
      timer.unref()
      tidy()
    },
    end: () => {
      if (timer) clearInterval(timer)
    },
  }
}
