import type { UpdateSettings } from '../app/model/settings.ts'

const minuteMs = 60_000
/** How often the feed is asked, and how long a failure waits: an update is never urgent enough to be a burden. */
export const lookEveryMs = 6 * 60 * minuteMs
export const retryAfterMs = 60 * minuteMs

/** What is known of updates since the program started; nothing of it has to survive a restart. */
export type UpdateState = {
  /** The last look, whether or not it went well. */
  readonly lookedAtMs: number | null
  readonly failedAtMs: number | null
  /** A version newer than this program. */
  readonly found: string | null
  /** The version that was fetched, with its signature checked. */
  readonly fetched: string | null
  /** The version that a person was told of. */
  readonly told: string | null
}
export const noUpdate: UpdateState = {
  lookedAtMs: null,
  failedAtMs: null,
  found: null,
  fetched: null,
  told: null,
}

export type UpdateNow = {
  readonly settings: UpdateSettings
  readonly nowMs: number
  /** Of the day, 0 to 1439, on the clock of this machine. */
  readonly minute: number
  readonly isRunning: boolean
  /** Whether there is a feed: the maker's or one of the settings. */
  readonly hasFeed: boolean
  /** Whether this program may replace itself: packed, signed where signatures are checked, and itself the one that works. */
  readonly canInstall: boolean
}

export type UpdateStep = 'nothing' | 'look' | 'tell' | 'fetch' | 'install'

/**
 * What is to be done about updates now. Pure. Nothing at all happens while a run is going on; an automatic update that may not be
 * installed here is told instead, and one outside its hours waits.
 */
export function nextStep(state: UpdateState, now: UpdateNow): UpdateStep {
  const { settings, nowMs } = now
  if (settings.mode === 'off' || !now.hasFeed || now.isRunning) return 'nothing'
  if (isRecent(state.failedAtMs, nowMs, retryAfterMs)) return 'nothing'
  if (!isRecent(state.lookedAtMs, nowMs, lookEveryMs)) return 'look'
  if (state.found === null) return 'nothing'
  if (settings.mode === 'automatic' && now.canInstall) {
    if (state.fetched !== state.found) return 'fetch'
    return isInWindow(settings.window, now.minute) ? 'install' : 'nothing'
  }
  return state.told === state.found ? 'nothing' : 'tell'
}

/** A clock that was set back makes nothing recent. */
const isRecent = (atMs: number | null, nowMs: number, withinMs: number): boolean =>
  atMs !== null && atMs <= nowMs && nowMs - atMs < withinMs

/** Whether a minute of the day lies in a window; one that ends before it begins crosses midnight. Its end is outside. */
export function isInWindow(window: UpdateSettings['window'], minute: number): boolean {
  if (window === null) return true
  const from = minuteOf(window.from)
  const to = minuteOf(window.to)
  return from <= to ? minute >= from && minute < to : minute >= from || minute < to
}

const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

/** What does the steps. Rejects when a step fails: no feed there, a wrong signature, a full disk. */
export type Updater = {
  /** The newer version that the feed offers, or null. */
  look(feedUrl: string): Promise<string | null>
  /** Fetches what was found and checks its signature. */
  fetch(): Promise<void>
  /** Stops our work and starts the installer; this program then ends. */
  install(): Promise<void>
}

type FollowUpdates = {
  readonly updater: Updater
  /** Asked for anew at each tick. */
  readonly now: () => Promise<UpdateNow>
  readonly tell: (version: string) => void
  readonly onTrouble: (error: unknown, what: string) => void
}

/** Takes one step at a time at each `tick`; a tick during a step does nothing. */
export function followUpdates({ updater, now, tell, onTrouble }: FollowUpdates): { tick(): Promise<void> } {
  let state = noUpdate
  let isBusy = false
  const take = async (): Promise<void> => {
    const around = await now()
    const step = nextStep(state, around)
    const at = around.nowMs
    try {
      if (step === 'look') {
        state = { ...state, lookedAtMs: at }
        state = { ...state, found: await updater.look(around.settings.feedUrl), failedAtMs: null }
      }
      if (step === 'fetch') {
        await updater.fetch()
        state = { ...state, fetched: state.found }
      }
      if (step === 'tell' && state.found !== null) {
        tell(state.found)
        state = { ...state, told: state.found }
      }
      // A run may have begun while the settings were asked for.
      if (step === 'install' && !(await now()).isRunning) await updater.install()
    } catch (error) {
      state = { ...state, failedAtMs: at, fetched: null }
      onTrouble(error, `update: ${step}`)
    }
  }
  return {
    tick: async () => {
      if (isBusy) return
      isBusy = true
      try {
        await take()
      } catch (error) {
        // The engine did not say how updates are set: next time.
        onTrouble(error, 'update')
      } finally {
        isBusy = false
      }
    },
  }
}
