-- What a run did: which lists it read at what cost and its phases with their times (story, JSON), and its own log lines.
CREATE TABLE run_story (
  run_id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  story TEXT NOT NULL
);

CREATE TABLE run_log (
  run_id INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  tenant_id INTEGER NOT NULL,
  at TEXT NOT NULL,
  level TEXT NOT NULL,
  what TEXT NOT NULL,
  facts TEXT,
  PRIMARY KEY (run_id, seq)
) WITHOUT ROWID;

-- The timeline asks by time.
CREATE INDEX run_started ON run (started_at);
CREATE INDEX audit_at ON audit (at);
-- The records of one kind within a large run, and what a preview and a run say of each record: without a look at the long rows.
CREATE INDEX outcome_of_kind ON outcome (run_id, kind, entity, commerce_id, label);
