import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'

/**
 * One import's own file: its rows as read and as edited, what is wrong with them, and what became of each record. It is made for one
 * import, can be looked at while it runs, resumed after a crash, and deleted whole; nothing of it is in the store.
 */
const version = 1
const schema = `
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

/** Opens or makes the file. Throws SqliteError; `guarded` of sqlite-fault.ts turns it into a fault at the edge. */
export function openImportFile(file: string): Database.Database {
  mkdirSync(dirname(file), { recursive: true })
  const db = new Database(file)
  try {
    db.pragma('journal_mode = WAL')
    db.pragma('synchronous = NORMAL')
    db.transaction(() => {
      if (db.pragma('user_version', { simple: true }) === version) return
      db.exec(schema)
      db.pragma(`user_version = ${version}`)
    }).immediate()
    return db
  } catch (error) {
    db.close()
    throw error
  }
}
