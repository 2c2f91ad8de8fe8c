import { statfsSync } from 'node:fs'
import type { Clock } from '../app/model/ports.ts'
import type { Surroundings } from './api/port.ts'

type SurroundingsParts = {
  readonly folder: string
  readonly clock: Clock
  readonly onChange: () => void
  /** Milliseconds that only ever grow, whatever the computer's clock does. */
  readonly steadyMs?: () => number
  /** Bytes free for us where the folder lies. May throw what the file system throws. */
  readonly freeBytes?: (folder: string) => number
}

type SurroundingsWatch = {
  now(): Surroundings
  /** Looks once; it also happens by itself every half minute after `begin`. */
  look(): void
  begin(): void
  end(): void
}

const lookEveryMs = 30_000
/** Below it a long run's records and a copy of the store may not fit. */
const lowBytes = 1_000_000_000
/** A busy machine and a time server's corrections stay below it. */
const jumpMs = 90_000
/** Long enough to be seen on the next working day. */
const toldForMs = 86_400_000

const freeIn = (folder: string): number => {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}

/** What around the engine could spoil its work: a disk that fills up, a clock that jumps (schedules and times go by it). */
export function watchSurroundings(parts: SurroundingsParts): SurroundingsWatch {
  const { folder, clock, onChange, steadyMs = () => performance.now(), freeBytes = freeIn } = parts
  let seen = { wallMs: clock.now(), steadyMs: steadyMs() }
  let jump: { readonly atMs: number; readonly byMs: number } | null = null
  let free: number | null = null
  let timer: NodeJS.Timeout | null = null
  const lookAtDisk = (): void => {
    try {
      free = freeBytes(folder)
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error
      // A drive that does not say how full it is has no news; writing to it will tell.
      free = null
    }
  }
  const lookAtClock = (): void => {
    const now = { wallMs: clock.now(), steadyMs: steadyMs() }
    const byMs = now.wallMs - seen.wallMs - (now.steadyMs - seen.steadyMs)
    seen = now
    if (Math.abs(byMs) >= jumpMs) jump = { atMs: now.wallMs, byMs }
    else if (jump && now.wallMs - jump.atMs > toldForMs) jump = null
  }
  const now = (): Surroundings => ({
    disk: free === null ? null : { freeBytes: free, isLow: free < lowBytes },
    clockJump: jump && { at: new Date(jump.atMs).toISOString(), byMs: jump.byMs },
  })
  const notable = (): string => JSON.stringify([free !== null && free < lowBytes, jump?.atMs])
  const look = (): void => {
    const before = notable()
    lookAtDisk()
    lookAtClock()
    if (notable() !== before) onChange()
  }
  lookAtDisk()
  return {
    now,
    look,
    begin: () => {
      timer ??= setInterval(look, lookEveryMs).unref()
    },
    end: () => {
      if (timer) clearInterval(timer)
      timer = null
    },
  }
}
