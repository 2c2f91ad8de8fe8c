-- Products that a person has put into a product group of Halo: stronger than the mapping of their category.
CREATE TABLE group_choice (
  tenant_id INTEGER NOT NULL,
  commerce_id INTEGER NOT NULL,
  group_id INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, commerce_id)
) WITHOUT ROWID;
