-- Statuses that a person has given quotes in Halo: stronger than the mapping for as long as Commerce says what it said then. A null halo_status: the
-- mapping decides again. is_new: the next run that starts has to look at the quote again.
CREATE TABLE status_choice (
  tenant_id INTEGER NOT NULL,
  quote_id INTEGER NOT NULL,
  halo_status INTEGER,
  name TEXT NOT NULL,
  commerce_status INTEGER NOT NULL,
  chosen_at TEXT NOT NULL,
  who TEXT NOT NULL,
  is_new INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, quote_id)
) WITHOUT ROWID;
