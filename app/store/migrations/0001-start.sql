-- The local store: a mirror of what was read from Commerce, and what became of each record.
-- No foreign keys: a mirror meets the child before the parent. Times are UTC ISO text unless named _ms.

CREATE TABLE tenant (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL COLLATE NOCASE UNIQUE,
  config TEXT NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
);

-- body is the record's JSON as received. is_dirty: to be mapped and written again. needs_children: its parts are to be read again.
CREATE TABLE source (
  tenant_id INTEGER NOT NULL,
  resource TEXT NOT NULL,
  id INTEGER NOT NULL,
  parent_id INTEGER,
  modified_at TEXT,
  seen_run INTEGER NOT NULL,
  is_dirty INTEGER NOT NULL,
  needs_children INTEGER NOT NULL,
  gone_at TEXT,
  body TEXT NOT NULL,
  PRIMARY KEY (tenant_id, resource, id)
) WITHOUT ROWID;
CREATE INDEX source_parent ON source (tenant_id, resource, parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX source_dirty ON source (tenant_id, resource, id) WHERE is_dirty = 1;
CREATE INDEX source_needs_children ON source (tenant_id, resource, id) WHERE needs_children = 1;

-- How long each list of Commerce was when it was last read to its end: what the planner reckons with.
CREATE TABLE list_size (
  tenant_id INTEGER NOT NULL,
  resource TEXT NOT NULL,
  rows INTEGER NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (tenant_id, resource)
) WITHOUT ROWID;

-- needle is what a search looks through: label, number, name and customer, lower case.
CREATE TABLE record (
  tenant_id INTEGER NOT NULL,
  entity TEXT NOT NULL,
  commerce_id INTEGER NOT NULL,
  halo_id INTEGER,
  hash TEXT,
  label TEXT NOT NULL COLLATE NOCASE,
  number TEXT NOT NULL COLLATE NOCASE,
  name TEXT NOT NULL COLLATE NOCASE,
  customer_id INTEGER,
  customer_name TEXT NOT NULL COLLATE NOCASE,
  needle TEXT NOT NULL,
  status INTEGER,
  amount REAL,
  modified_at TEXT,
  status_seen INTEGER,
  last_kind TEXT NOT NULL,
  last_run INTEGER NOT NULL,
  last_fault TEXT,
  notes TEXT,
  synced_at TEXT,
  gone_at TEXT,
  PRIMARY KEY (tenant_id, entity, commerce_id)
) WITHOUT ROWID;
-- One index for the usual order and for counting. Other orders and searches read the table through, which at 100,000 rows takes tens of
-- milliseconds; an index each made writing five times slower.
CREATE INDEX record_by_modified ON record (entity, modified_at);
CREATE INDEX record_failed ON record (entity, modified_at) WHERE last_kind = 'failed';

CREATE TABLE run (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant_id INTEGER NOT NULL,
  kind TEXT NOT NULL,
  trigger TEXT NOT NULL,
  phase TEXT NOT NULL,
  entity TEXT,
  outcome TEXT,
  fault TEXT,
  requests INTEGER NOT NULL,
  counts TEXT NOT NULL,
  started_at TEXT NOT NULL,
  ended_at TEXT
);
CREATE INDEX run_of_tenant ON run (tenant_id, id);
CREATE INDEX run_unfinished ON run (id) WHERE ended_at IS NULL;

-- Unchanged records are counted in the run and have no row here.
CREATE TABLE outcome (
  run_id INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  tenant_id INTEGER NOT NULL,
  entity TEXT NOT NULL,
  commerce_id INTEGER NOT NULL,
  kind TEXT NOT NULL,
  label TEXT NOT NULL,
  halo_id INTEGER,
  fault TEXT,
  notes TEXT,
  changes TEXT,
  at TEXT NOT NULL,
  PRIMARY KEY (run_id, seq)
) WITHOUT ROWID;
CREATE INDEX outcome_of_record ON outcome (tenant_id, entity, commerce_id, run_id);

-- One row for a record that failed, kept when it was healed. next_try_at is null when nothing will be tried by itself.
CREATE TABLE failure (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant_id INTEGER NOT NULL,
  entity TEXT NOT NULL,
  commerce_id INTEGER NOT NULL,
  label TEXT NOT NULL,
  fault TEXT NOT NULL,
  next TEXT NOT NULL,
  cause TEXT NOT NULL,
  payload TEXT,
  first_at TEXT NOT NULL,
  last_at TEXT NOT NULL,
  tries INTEGER NOT NULL,
  next_try_at TEXT,
  is_parked INTEGER NOT NULL,
  ignored_reason TEXT,
  closed_at TEXT,
  closed_by_run INTEGER,
  UNIQUE (tenant_id, entity, commerce_id)
);
CREATE INDEX failure_due ON failure (tenant_id, next_try_at) WHERE closed_at IS NULL;
CREATE INDEX failure_group ON failure (tenant_id, entity, cause) WHERE closed_at IS NULL;

CREATE TABLE watermark (
  tenant_id INTEGER NOT NULL,
  resource TEXT NOT NULL,
  since TEXT NOT NULL,
  run_id INTEGER NOT NULL,
  updated_at TEXT NOT NULL,
  PRIMARY KEY (tenant_id, resource)
) WITHOUT ROWID;

-- A long read that is under way, so that it goes on where it stopped.
CREATE TABLE reading (
  tenant_id INTEGER NOT NULL,
  resource TEXT NOT NULL,
  since TEXT,
  started_at TEXT NOT NULL,
  next_page INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, resource)
) WITHOUT ROWID;

-- What was noticed about a Commerce server that its documents do not say.
CREATE TABLE quirk (
  tenant_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  seen_at TEXT NOT NULL,
  PRIMARY KEY (tenant_id, name)
) WITHOUT ROWID;

CREATE TABLE setting (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL,
  updated_at TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE audit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  who TEXT NOT NULL,
  what TEXT NOT NULL,
  tenant_id INTEGER,
  before TEXT,
  after TEXT
);
CREATE INDEX audit_of_tenant ON audit (tenant_id, id);

-- Requests sent with an API key. key is a keyed hash, never the key; minute holds the instants of the last minute; blocked_until in ms since 1970.
CREATE TABLE budget (
  key TEXT PRIMARY KEY,
  day TEXT NOT NULL,
  day_count INTEGER NOT NULL,
  minute TEXT NOT NULL,
  blocked_until INTEGER
) WITHOUT ROWID;

-- last_due: the due time that the last start was for.
CREATE TABLE schedule (
  tenant_id INTEGER PRIMARY KEY,
  next_due TEXT,
  last_due TEXT,
  last_started TEXT,
  last_ended TEXT
);
