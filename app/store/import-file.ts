import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'

/**
 * One import's own file: its rows as read and as edited, what is wrong with them, and what became of each record. It is made for one
 * import, can be looked at while it runs, resumed after a crash, and deleted whole; nothing of it is in the store.
 */
const first = `
  CREATE TABLE note (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE sheet_row (
    number INTEGER PRIMARY KEY,
    cells TEXT NOT NULL,
    is_hidden INTEGER NOT NULL,
    formulas TEXT NOT NULL
  ) STRICT;
  CREATE TABLE edit (id INTEGER PRIMARY KEY, at TEXT NOT NULL, what TEXT NOT NULL) STRICT;
  CREATE TABLE edit_row (
    edit_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    cells_before TEXT NOT NULL,
    PRIMARY KEY (edit_id, number)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE problem (
    row INTEGER NOT NULL,
    field TEXT,
    code TEXT NOT NULL,
    severity TEXT NOT NULL,
    value TEXT NOT NULL,
    other INTEGER
  ) STRICT;
  CREATE INDEX problem_by_row ON problem (row);
  CREATE INDEX problem_by_kind ON problem (code, field, value, row);
  CREATE TABLE record (
    first_row INTEGER PRIMARY KEY,
    last_row INTEGER NOT NULL,
    label TEXT NOT NULL,
    mark TEXT NOT NULL,
    errors INTEGER NOT NULL,
    warnings INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE done (
    first_row INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    halo_id INTEGER,
    fault TEXT
  ) STRICT;
  CREATE INDEX record_by_mark ON record (mark, first_row);
`
/** Rows that a person leaves out, and what Halo was asked: its answers, and the record that each one of the sheet is there. */
const leftOutAndAsked = `
  ALTER TABLE sheet_row ADD COLUMN is_left_out INTEGER NOT NULL DEFAULT 0;
  CREATE INDEX sheet_row_left_out ON sheet_row (is_left_out) WHERE is_left_out = 1;
  ALTER TABLE edit_row ADD COLUMN left_out_before INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE record ADD COLUMN is_repeated INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE record ADD COLUMN halo_id INTEGER;
  ALTER TABLE record ADD COLUMN halo_errors INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE record ADD COLUMN halo_warnings INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE record ADD COLUMN is_repeated_in_halo INTEGER NOT NULL DEFAULT 0;
  CREATE INDEX record_by_halo_id ON record (halo_id, first_row) WHERE halo_id IS NOT NULL;
  CREATE TABLE asked (
    what TEXT NOT NULL,
    value TEXT NOT NULL,
    ids TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (what, value)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE near (
    what TEXT NOT NULL,
    value TEXT NOT NULL,
    names TEXT NOT NULL,
    PRIMARY KEY (what, value)
  ) STRICT, WITHOUT ROWID;
`
/** What was made beside records, and what became of those that were created when the import was undone. */
const takenBack = `
  CREATE TABLE beside (first_row INTEGER PRIMARY KEY, made TEXT NOT NULL) STRICT;
  CREATE TABLE undone (first_row INTEGER PRIMARY KEY, kind TEXT NOT NULL, fault TEXT) STRICT;
`
/** What each version adds to the one before; a file of an older program gets what it lacks. */
const steps = [first, leftOutAndAsked, takenBack]

/** Opens or makes the file. Throws SqliteError; `guarded` of sqlite-fault.ts turns it into a fault at the edge. */
export function openImportFile(file: string): Database.Database {
  mkdirSync(dirname(file), { recursive: true })
  const db = new Database(file)
  try {
    db.pragma('journal_mode = WAL')
    db.pragma('synchronous = NORMAL')
    // It is read and written from beginning to end, by two threads: more would be kept and not used (docs/performance.md).
    db.pragma('cache_size = -8000')
    db.transaction(() => {
      const version = Number(db.pragma('user_version', { simple: true }))
      for (const step of steps.slice(version)) db.exec(step)
      if (version < steps.length) db.pragma(`user_version = ${steps.length}`)
    }).immediate()
    return db
  } catch (error) {
    db.close()
    throw error
  }
}
