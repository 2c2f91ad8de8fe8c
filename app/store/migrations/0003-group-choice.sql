-- Products that a person has put into a product group of Halo: stronger than the mapping of their category. A null group: the category decides
-- again. is_new: the next run has to map the product again.
CREATE TABLE group_choice (
  tenant_id INTEGER NOT NULL,
  commerce_id INTEGER NOT NULL,
  group_id INTEGER,
  is_new INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, commerce_id)
) WITHOUT ROWID;
