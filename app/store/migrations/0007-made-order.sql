-- Sales orders that a person made in Halo from a quote. halo_id null: begun, and not known whether Halo has it. order_id: the order of Commerce that
-- it has become.
CREATE TABLE made_order (
  id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  quote_id INTEGER NOT NULL,
  halo_id INTEGER,
  order_id INTEGER,
  who TEXT NOT NULL,
  made_at TEXT NOT NULL
);
CREATE INDEX made_order_of_quote ON made_order (tenant_id, quote_id);
