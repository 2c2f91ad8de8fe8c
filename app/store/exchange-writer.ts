import type { Database, Statement } from 'better-sqlite3'
import type { ExchangeDraft } from '../model/exchange.ts'
import type { Clock } from '../model/ports.ts'
import { isBroken, openExchangeFile } from './exchange-file.ts'
import { exchangeQueries } from './exchange-queries.ts'
import { clearRing, pruneRing, type RingLimits } from './exchange-ring.ts'
import { detailValues, rowColumns, rowValues } from './exchange-rows.ts'
import { indexedWords } from './exchange-words.ts'
import type { ExchangeHealth } from './exchanges.ts'

const flushMs = 200
const flushRows = 50
const flushCharacters = 4_000_000
/** Beyond this many rows waiting, the oldest are given up: memory is the sync's. */
const mostWaiting = 500
const idBlock = 64
/** A file that could not be used is tried again after this long. */
const retryMs = 60_000
/** Rows written between two looks at the limits; or this share of the bytes allowed. */
const pruneEvery = 500
const pruneShare = 0.05
/** The file itself may be this many times as big as its limit, for what comes between two looks. */
const headroom = 1.5

type Open = {
  readonly db: Database
  readonly queries: ReturnType<typeof exchangeQueries>
  readonly insert: (rows: readonly Waiting[]) => void
  readonly takeIds: Statement<[number], number>
}
type Waiting = { readonly id: number; readonly draft: ExchangeDraft }

/** The file behind `openExchanges`, with what waits to be written. No function throws: trouble is kept for `health`, and passes. */
export class ExchangeWriter {
  readonly #folder: string
  readonly #clock: Clock
  #limits: RingLimits
  #open: Open | null = null
  #isClosed = false
  #isSuspect = false
  #retryAtMs = Number.NEGATIVE_INFINITY
  #waiting: Waiting[] = []
  #characters = 0
  #timer: NodeJS.Timeout | null = null
  #ids = { next: 0, end: 0 }
  #written = 0
  #writtenCharacters = 0
  #lost = 0
  #trouble: Pick<ExchangeHealth, 'trouble' | 'raw'> = { trouble: null, raw: null }

  constructor(folder: string, clock: Clock, limits: RingLimits) {
    this.#folder = folder
    this.#clock = clock
    this.#limits = limits
    // A file that cannot be opened is told at once, not at the first request.
    this.#opened()
  }

  get limits(): RingLimits {
    return this.#limits
  }

  /** The file is opened anew, since its greatest size is set when it is opened. */
  setLimits(limits: RingLimits): void {
    const { rows, bytes, ageMs } = this.#limits
    if (limits.rows === rows && limits.bytes === bytes && limits.ageMs === ageMs) return
    this.flush()
    this.#limits = limits
    this.#release()
  }

  save(draft: ExchangeDraft): number | null {
    const id = this.#isClosed ? null : this.#nextId()
    if (id === null) {
      this.#lost++
      return null
    }
    this.#waiting.push({ id, draft })
    this.#characters += (draft.responseBody?.text?.length ?? 0) + (draft.requestBody?.text?.length ?? 0)
    if (this.#waiting.length >= flushRows || this.#characters > flushCharacters) this.flush()
    else this.#flushSoon()
    return id
  }

  flush(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    if (this.#waiting.length === 0) return
    const isWritten =
      this.#with((open) => this.#write(open), false) ||
      // A broken file has been moved aside: the new one takes the rows.
      (this.#isSuspect && this.#with((open) => this.#write(open), false))
    if (isWritten) this.#trouble = { trouble: null, raw: null }
    else if (this.#trouble.trouble) this.#giveUp(this.#waiting.length)
    else {
      this.#giveUp(Math.max(0, this.#waiting.length - mostWaiting))
      this.#flushSoon()
    }
  }

  #flushSoon(): void {
    this.#timer ??= setTimeout(() => this.flush(), flushMs).unref()
  }

  read<T>(work: (queries: Open['queries']) => T, otherwise: T): T {
    this.flush()
    return this.#with((open) => work(open.queries), otherwise)
  }

  prune(steps = Number.POSITIVE_INFINITY): number {
    this.flush()
    return this.#with(({ db }) => pruneRing(db, this.#limits, this.#clock.now(), steps), 0)
  }

  clear(): void {
    this.flush()
    this.#with(({ db }) => clearRing(db), undefined)
  }

  health(): ExchangeHealth {
    return {
      isRecording: !this.#isClosed && this.#trouble.trouble === null,
      ...this.#trouble,
      lost: this.#lost,
    }
  }

  close(): void {
    this.flush()
    if (this.#timer) clearTimeout(this.#timer)
    this.#isClosed = true
    this.#release()
  }

  #write(open: Open): boolean {
    open.insert(this.#waiting)
    this.#written += this.#waiting.length
    this.#writtenCharacters += this.#characters
    this.#waiting = []
    this.#characters = 0
    if (this.#written >= pruneEvery || this.#writtenCharacters >= this.#limits.bytes * pruneShare) {
      this.#written = 0
      this.#writtenCharacters = 0
      // Two steps for one look: the ring shrinks faster than it grows.
      pruneRing(open.db, this.#limits, this.#clock.now(), 2)
    }
    return true
  }

  #giveUp(rows: number): void {
    this.#lost += this.#waiting.splice(0, rows).length
    if (this.#waiting.length === 0) this.#characters = 0
  }

  #nextId(): number | null {
    if (this.#ids.next >= this.#ids.end) {
      const next = this.#with(({ takeIds }) => takeIds.get(idBlock) ?? null, null)
      if (next === null) return null
      this.#ids = { next: next - idBlock, end: next }
    }
    return this.#ids.next++
  }

  #with<T>(work: (open: Open) => T, otherwise: T): T {
    const open = this.#opened()
    if (!open) return otherwise
    try {
      return work(open)
    } catch (error) {
      this.#note(error)
      return otherwise
    }
  }

  #opened(): Open | null {
    if (this.#open || this.#isClosed || this.#clock.now() < this.#retryAtMs) return this.#open
    try {
      const db = openExchangeFile(this.#folder, this.#clock, this.#limits.bytes * headroom, this.#isSuspect)
      this.#open = prepared(db, () => this.#clock.now())
      this.#isSuspect = false
      pruneRing(db, this.#limits, this.#clock.now(), 2)
    } catch (error) {
      this.#note(error)
      this.#release()
      this.#retryAtMs = this.#clock.now() + retryMs
    }
    return this.#open
  }

  /** A writer that is busy is no trouble: the rows wait. After anything else the file is opened anew. */
  #note(error: unknown): void {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return
    const raw = error instanceof Error ? error.message : String(error)
    this.#trouble = { trouble: troubleOf(code), raw }
    this.#release()
    this.#isSuspect = isBroken(error)
    // A broken file is moved aside at once; for the rest somebody has to do something.
    if (!this.#isSuspect) this.#retryAtMs = this.#clock.now() + retryMs
  }

  #release(): void {
    this.#open?.db.close()
    this.#open = null
  }
}

function troubleOf(code: string): NonNullable<ExchangeHealth['trouble']> {
  if (/^(SQLITE_FULL|ENOSPC|EDQUOT)/.test(code)) return 'disk-full'
  if (/^(SQLITE_(READONLY|CANTOPEN|PERM|IOERR)|EACCES|EPERM|EROFS|ENOENT|ENOTDIR|EEXIST)/.test(code))
    return 'folder-unwritable'
  return 'broken'
}

function prepared(db: Database, now: () => number): Open {
  const marks = (count: number) => Array(count).fill('?').join(', ')
  const row = db.prepare(
    `INSERT OR REPLACE INTO exchange (${rowColumns.join(', ')}) VALUES (${marks(rowColumns.length)})`,
  )
  const detail = db.prepare(
    `INSERT OR REPLACE INTO detail (id, head, request_body, response_body) VALUES (${marks(4)})`,
  )
  const words = db.prepare('INSERT OR REPLACE INTO words (rowid, text) VALUES (?, ?)')
  const insert = db.transaction((rows: readonly Waiting[]) => {
    for (const { id, draft } of rows) {
      row.run(...rowValues(id, draft))
      detail.run(...detailValues(id, draft))
      words.run(id, indexedWords(draft) ?? draft.url)
    }
  })
  return {
    db,
    queries: exchangeQueries(db, now),
    insert: (rows) => insert.immediate(rows),
    takeIds: db.prepare<[number], number>('UPDATE ids SET next = next + ? RETURNING next').pluck(),
  }
}
