import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { Clock } from '../model/ports.ts'

/**
 * The inspector's own file. It holds nothing that cannot be lost, so it is not migrated: a file of another version is moved aside like a broken one.
 * A row is narrow, so that a list filters fast; headers and bodies lie in `detail`, bodies as text when small, else zstd. `words` finds any three letters
 * or more in what is worth searching (exchange-words.ts says what is); it holds the index alone, no copy of the text.
 */
const version = 2
const schema = `
  CREATE TABLE exchange (
    id INTEGER PRIMARY KEY,
    started_ms INTEGER NOT NULL,
    call_id TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    tenant_id INTEGER,
    run_id INTEGER,
    host TEXT NOT NULL,
    server TEXT NOT NULL,
    purpose TEXT NOT NULL,
    method TEXT NOT NULL,
    url TEXT NOT NULL,
    path TEXT NOT NULL,
    status INTEGER NOT NULL,
    fault_code TEXT,
    error_text TEXT,
    cause TEXT,
    is_indexed INTEGER NOT NULL,
    timing TEXT NOT NULL,
    total_ms REAL NOT NULL,
    wait_ms REAL,
    request_bytes INTEGER,
    response_bytes INTEGER,
    is_cut INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE detail (
    id INTEGER PRIMARY KEY,
    head TEXT NOT NULL,
    request_body ANY,
    response_body ANY
  ) STRICT;
  CREATE VIRTUAL TABLE words USING fts5 (
    text, content = '', contentless_delete = 1, tokenize = 'trigram', detail = full
  );
  CREATE INDEX exchange_by_time ON exchange (started_ms, id);
  CREATE INDEX exchange_by_tenant ON exchange (tenant_id, started_ms, id);
  CREATE INDEX exchange_by_run ON exchange (run_id, started_ms, id);
  CREATE INDEX exchange_by_status ON exchange (status, started_ms, id);
  CREATE INDEX exchange_failed ON exchange (started_ms, id) WHERE fault_code IS NOT NULL;
  CREATE INDEX exchange_by_cause ON exchange (cause, started_ms) WHERE cause IS NOT NULL;
  CREATE INDEX exchange_by_call ON exchange (call_id);
  -- Ids are given before rows are written, and by several writers: each takes a block of them.
  CREATE TABLE ids (next INTEGER NOT NULL) STRICT;
`

/** A writer waits this long for another one; the buffer keeps what could not be written. */
const busyMs = 250

/**
 * Opens or makes `exchanges.db` in the folder; a file that is no sound one is renamed to `.broken-DATE` first. `isSuspect` reads all of it, which a big
 * file takes seconds for: it is meant for one that has just failed. The file never grows
 * beyond `maxBytes`. Throws when nothing works.
 */
export function openExchangeFile(
  folder: string,
  clock: Clock,
  maxBytes: number,
  isSuspect: boolean,
): Database.Database {
  mkdirSync(folder, { recursive: true })
  const file = exchangeFile(folder)
  const isReplaced = !isUsable(file, isSuspect)
  if (isReplaced) moveAside(file, clock)
  const db = new Database(file, { timeout: busyMs })
  try {
    // Asked for before the first table: given-back pages shrink the file.
    db.pragma('auto_vacuum = INCREMENTAL')
    db.pragma('journal_mode = WAL')
    // What is lost in a power cut is a record of requests, not a record.
    db.pragma('synchronous = OFF')
    db.pragma('journal_size_limit = 16777216')
    db.pragma(`max_page_count = ${Math.ceil(maxBytes / Number(db.pragma('page_size', { simple: true })))}`)
    db.transaction(() => {
      if (db.pragma('user_version', { simple: true }) === version) return
      db.exec(schema)
      db.prepare('INSERT INTO ids VALUES (?)').run(isReplaced ? secondsSince2020(clock) : 1)
      db.pragma(`user_version = ${version}`)
    }).immediate()
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** First id of a file that replaces another: higher than any the old one gave, unless it gave more than one a second for years. */
const secondsSince2020 = (clock: Clock): number => Math.floor((clock.now() - Date.UTC(2020, 0, 1)) / 1000)

/** Where the inspector's file lies in a data folder. */
export const exchangeFile = (folder: string): string => join(folder, 'exchanges.db')

/** What the file takes on the disk, with what is not yet checkpointed. */
export function fileBytes(folder: string): number {
  return ['', '-wal']
    .map((part) => statSync(exchangeFile(folder) + part, { throwIfNoEntry: false })?.size ?? 0)
    .reduce((sum, size) => sum + size, 0)
}

/** Whether an error says that the file itself is broken. */
export function isBroken(error: unknown): boolean {
  return error instanceof Database.SqliteError && /^SQLITE_(CORRUPT|NOTADB)/.test(error.code)
}

function isUsable(file: string, isSuspect: boolean): boolean {
  if (!existsSync(file)) return true
  let db: Database.Database | null = null
  try {
    db = new Database(file, { timeout: busyMs })
    const found = db.pragma('user_version', { simple: true })
    if (found !== version) return found === 0 && tableCount(db) === 0
    db.prepare('SELECT count(*) FROM (SELECT 1 FROM exchange LIMIT 1)').get()
    return !isSuspect || db.pragma('quick_check(1)', { simple: true }) === 'ok'
  } catch (error) {
    if (isBroken(error)) return false
    throw error
  } finally {
    db?.close()
  }
}

function tableCount(db: Database.Database): unknown {
  return db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get()
}

function moveAside(file: string, clock: Clock): void {
  const date = new Date(clock.now()).toISOString().replace(/[:.]/g, '-')
  for (const part of ['', '-wal', '-shm']) {
    if (existsSync(file + part)) renameSync(file + part, `${file}.broken-${date}${part}`)
  }
}
