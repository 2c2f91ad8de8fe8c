import { join } from 'node:path'
import { pino } from 'pino'
import { createRedactor } from '../app/http/redact.ts'
import type { Fault } from '../app/model/fault.ts'
import type { Clock } from '../app/model/ports.ts'
import type { LogLevel } from '../app/model/settings.ts'
import { openLogFile } from './log-file.ts'

/** Small things that say more: ids, counts, names. Never a body of a request. */
type LogFacts = Readonly<Record<string, unknown>>

export type Log = {
  readonly folder: string
  debug(what: string, facts?: LogFacts): void
  info(what: string, facts?: LogFacts): void
  warn(what: string, facts?: LogFacts): void
  error(what: string, facts?: LogFacts): void
  /** A fault: an error when a person or a programmer has to act, a warning when it heals by itself. */
  trouble(found: Fault, what: string): void
  level(): LogLevel
  setLevel(level: LogLevel): void
  /** From now on this text is masked wherever it turns up. */
  hide(secret: string): void
  /** A text as it would be logged, for what goes elsewhere. */
  clean(text: string): string
  close(): void
}

export type LogOptions = {
  readonly clock: Clock
  readonly level: LogLevel
  /** Told when the log itself cannot be written. */
  readonly onTrouble: (error: unknown) => void
  /** Size at which a file is put aside; default 5 MB. */
  readonly maxBytes?: number
  /** Files kept; default 6. */
  readonly files?: number
}

/** Where the log lies in a data folder. */
export const logFolder = (dataFolder: string): string => join(dataFolder, 'logs')

/**
 * The program's log: one JSON object a line in logs/commerce-integrator.log of the data folder, rolled by size. Every line passes the same
 * redaction as recorded requests before it is written, and secrets that were told to `hide` are masked whatever surrounds them.
 */
export function openLog(dataFolder: string, options: LogOptions): Log {
  const folder = logFolder(dataFolder)
  const file = openLogFile(folder, 'commerce-integrator', {
    maxBytes: options.maxBytes ?? 5_000_000,
    files: options.files ?? 6,
    onTrouble: options.onTrouble,
  })
  const secrets = new Set<string>()
  let redactor = createRedactor([])
  const lines = pino(
    {
      level: options.level,
      base: { pid: process.pid },
      timestamp: () => `,"time":"${new Date(options.clock.now()).toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write: (line: string) => file.write(`${redactor.text(line.trimEnd())}\n`) },
  )
  const current = (): LogLevel => lines.level as LogLevel
  return {
    folder,
    debug: (what, facts) => lines.debug(facts ?? {}, what),
    info: (what, facts) => lines.info(facts ?? {}, what),
    warn: (what, facts) => lines.warn(facts ?? {}, what),
    error: (what, facts) => lines.error(facts ?? {}, what),
    trouble: (found, what) => {
      const { code, facts, raw } = found
      const isGrave = found.next === 'setup' || code === 'bug'
      lines[isGrave ? 'error' : 'warn']({ code, ...(facts ? { facts } : {}), ...(raw ? { raw } : {}) }, what)
    },
    level: current,
    setLevel: (level) => {
      lines.level = level
    },
    hide: (secret) => {
      if (secrets.has(secret)) return
      secrets.add(secret)
      redactor = createRedactor([...secrets])
    },
    clean: (text) => redactor.text(text),
    close: () => file.close(),
  }
}
