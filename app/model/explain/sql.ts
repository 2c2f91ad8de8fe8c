import type { FaultCode } from '../fault.ts'

/**
 * What databases say, for an error that was recorded with its words alone. SQL Server: sys.messages by number in docs "Database engine events and errors";
 * PostgreSQL: its appendix of error codes, messages as its server writes them in English. Named groups become facts.
 */
export const sqlSayings: readonly (readonly [says: RegExp, code: FaultCode])[] = [
  [
    /Login failed for user '(?<user>[^']*)'|password authentication failed for user "(?<name>[^"]*)"/,
    'halo-login',
  ],
  [
    /Cannot open database "(?<name>[^"]+)" requested by the login|database "(?<database>[^"]+)" does not exist/,
    'halo-database-missing',
  ],
  [
    /The (?:SELECT|INSERT|UPDATE|EXECUTE|ALTER|VIEW DEFINITION) permission was denied on the (?:object|column) '(?<table>[^']+)'|permission denied for (?:table|relation|schema) "?(?<relation>[\w.]+)/,
    'halo-rights',
  ],
  [
    /Invalid column name '(?<column>[^']+)'|column "?(?<name>[\w.]+)"? (?:of relation "(?<table>\w+)" )?does not exist/,
    'halo-column-missing',
  ],
  [
    /String or binary data would be truncated in table '(?<table>[^']+)', column '(?<column>[^']+)'(?:\. Truncated value: '(?<value>[^']*)')?|value too long for type character varying\((?<limit>\d+)\)/,
    'halo-value-too-long',
  ],
  [/was deadlocked on .* resources|deadlock detected/, 'halo-deadlock'],
  [/Lock request time ?out period exceeded|canceling statement due to lock timeout/, 'halo-locked'],
  [/The transaction log for database '(?<name>[^']+)' is full/, 'halo-log-full'],
  [
    /Could not allocate space for object .* because the '(?<group>[^']+)' filegroup is full|could not extend file .*No space left on device|disk full/i,
    'halo-full',
  ],
  [
    /Cannot insert the value NULL into column '(?<column>[^']+)', table '(?<table>[^']+)'|null value in column "(?<field>\w+)"/,
    'halo-field-mandatory',
  ],
  [
    /conflicted with the FOREIGN KEY constraint .* table "(?<table>[^"]+)"|violates foreign key constraint .*/,
    'halo-reference-missing',
  ],
]
