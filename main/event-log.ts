import type { Fault } from '../app/model/fault.ts'
import { explain } from '../app/model/fault-words.ts'
import type { Clock } from '../app/model/ports.ts'
import type { Command, Run } from './install/command.ts'

/** The name under which entries stand in the event log. */
export const eventSource = 'CommerceIntegrator'

type EventEntry = { readonly type: 'ERROR' | 'WARNING' | 'INFORMATION'; readonly text: string }

/** Longest text of an entry here; the event log itself takes 31,839 characters, a command line fewer. */
const longestText = 4_000
/** eventcreate takes 1 to 1000 (learn.microsoft.com, Windows commands, eventcreate). */
const eventIds = { ERROR: 100, WARNING: 200, INFORMATION: 300 }

/** Writes one entry into the Application log of Windows. The source is registered by the first call of an administrator. */
export function eventCommand({ type, text }: EventEntry): Command {
  const cut = text.replace(/\s+/g, ' ').trim().slice(0, longestText)
  const args = ['/L', 'APPLICATION', '/SO', eventSource, '/T', type, '/ID', String(eventIds[type]), '/D', cut]
  return { file: 'eventcreate.exe', args }
}

type EventLog = { tell(found: Fault, what: string): void }

type EventLogOptions = {
  readonly platform: NodeJS.Platform
  readonly run: Run
  readonly clock: Clock
  /** Masks secrets. */
  readonly clean: (text: string) => string
}

/** One kind of trouble is told once in so long. */
const quietMs = 3_600_000

/**
 * Failures that need a person go to the Windows event log, too, where monitoring looks. Each kind at most once an hour, and nothing
 * elsewhere than on Windows (the journal there has our standard error). An entry that cannot be written is given up: the log file has it.
 */
export function createEventLog({ platform, run, clock, clean }: EventLogOptions): EventLog {
  const toldAt = new Map<string, number>()
  return {
    tell: (found, what) => {
      if (platform !== 'win32' || (found.next !== 'setup' && found.code !== 'bug')) return
      const kind = `${found.code} ${what}`
      const now = clock.now()
      if (now - (toldAt.get(kind) ?? Number.NEGATIVE_INFINITY) < quietMs) return
      toldAt.set(kind, now)
      const words = explain(found)
      void run(eventCommand({ type: 'ERROR', text: clean(`${what}: ${words.what} ${words.doNow}`) }))
    },
  }
}
