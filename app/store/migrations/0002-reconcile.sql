-- When each tenant's reconcile is due, apart from its sync's schedule.
CREATE TABLE reconcile_schedule (
  tenant_id INTEGER PRIMARY KEY,
  next_due TEXT,
  last_due TEXT,
  last_started TEXT,
  last_ended TEXT
);
-- Products by category: without it, counting them reads every product's body.
CREATE INDEX source_category ON source (tenant_id, json_extract(body, '$.categoryID'))
  WHERE resource = 'product' AND gone_at IS NULL;
