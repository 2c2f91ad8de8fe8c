-- How a tenant's quotes are sent: the template (JSON), and the logo in it.
CREATE TABLE mail_template (
  tenant_id INTEGER PRIMARY KEY,
  template TEXT NOT NULL,
  updated_at TEXT NOT NULL
);
CREATE TABLE mail_logo (
  tenant_id INTEGER PRIMARY KEY,
  type TEXT NOT NULL,
  data BLOB NOT NULL,
  updated_at TEXT NOT NULL
);

-- Mails that were handed to the mail server, or were to be. token: of the dialog, so that one dialog sends once. state: sending, sent, failed, unknown.
-- receivers, refused and fault are JSON. The document itself is apart, so that a list does not read it.
CREATE TABLE sent_mail (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  token TEXT NOT NULL UNIQUE,
  tenant_id INTEGER NOT NULL,
  commerce_id INTEGER NOT NULL,
  at TEXT NOT NULL,
  who TEXT NOT NULL,
  message_id TEXT NOT NULL,
  sender TEXT NOT NULL,
  receivers TEXT NOT NULL,
  subject TEXT NOT NULL,
  text TEXT NOT NULL,
  file_name TEXT NOT NULL,
  state TEXT NOT NULL,
  answer TEXT NOT NULL,
  refused TEXT NOT NULL,
  fault TEXT,
  bytes INTEGER NOT NULL
);
CREATE INDEX sent_mail_of_record ON sent_mail (tenant_id, commerce_id, id);
CREATE TABLE sent_document (
  mail_id INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  pdf BLOB NOT NULL
);
