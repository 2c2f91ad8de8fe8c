-- The category of each product that is not gone: counting them by category read every product's body, index or not.
DROP INDEX IF EXISTS source_category;
CREATE TABLE product_category (
  tenant_id INTEGER NOT NULL,
  category_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, category_id, id)
) WITHOUT ROWID;
CREATE TRIGGER product_category_added AFTER INSERT ON source WHEN new.resource = 'product' AND new.gone_at IS NULL BEGIN
  INSERT OR IGNORE INTO product_category
    SELECT new.tenant_id, json_extract(new.body, '$.categoryID'), new.id
    WHERE typeof(json_extract(new.body, '$.categoryID')) = 'integer';
END;
CREATE TRIGGER product_category_changed AFTER UPDATE OF body, gone_at ON source WHEN new.resource = 'product' BEGIN
  DELETE FROM product_category
    WHERE tenant_id = old.tenant_id AND category_id = json_extract(old.body, '$.categoryID') AND id = old.id;
  INSERT OR IGNORE INTO product_category
    SELECT new.tenant_id, json_extract(new.body, '$.categoryID'), new.id
    WHERE new.gone_at IS NULL AND typeof(json_extract(new.body, '$.categoryID')) = 'integer';
END;
CREATE TRIGGER product_category_removed AFTER DELETE ON source WHEN old.resource = 'product' BEGIN
  DELETE FROM product_category
    WHERE tenant_id = old.tenant_id AND category_id = json_extract(old.body, '$.categoryID') AND id = old.id;
END;
INSERT OR IGNORE INTO product_category
  SELECT tenant_id, json_extract(body, '$.categoryID'), id FROM source
  WHERE resource = 'product' AND gone_at IS NULL AND typeof(json_extract(body, '$.categoryID')) = 'integer';
