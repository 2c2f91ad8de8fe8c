import type { FaultCode } from '../fault.ts'
import type { Remedy } from './cause.ts'

/** What to do about a fault of Halo's side, whether its REST API or its database said it. Codes without an entry have nothing to add to their words. */
export const haloSteps: Partial<
  Record<
    FaultCode,
    { readonly more?: string; readonly steps: readonly string[]; readonly remedies: readonly Remedy[] }
  >
> = {
  'halo-field-mandatory': {
    steps: [
      'See whether the field can be filled from Datto Commerce: open the mapping of customer fields and map a value, or a fixed text, to "$field".',
      'In a spreadsheet to import, fill the column "$importColumn", or give it a fixed value for all rows in the step Columns.',
      'In a spreadsheet to import, fill the column that is matched to "$otherColumn", or give it a fixed value for all rows in the step Columns.',
      'Or have a Halo administrator make "$field" optional (Configuration, the screen’s field settings).',
      'Then retry the records concerned.',
    ],
    remedies: ['fields', 'attention'],
  },
  'halo-reference-missing': {
    steps: [
      'See in Halo whether the entry still exists: it may have been deleted, merged or made inactive.',
      'If it is one of $table: choose another one in the tenant’s mapping.',
      'Then retry the records concerned.',
    ],
    remedies: ['quotes', 'attention'],
  },
  'halo-login': {
    steps: [
      'In Halo open Configuration, Integrations, Halo API, and see that the application is there and active (for a database: that the login exists and is enabled).',
      'Enter client id and secret (or user name and password) again on the tenant’s page, under Halo, and test the connection.',
      'A secret is shown once, when it is made: if nobody has it, make a new one.',
    ],
    remedies: ['halo'],
  },
  'halo-secret-missing': { steps: [], remedies: ['halo'] },
  'halo-rights': {
    steps: [
      'For the API: in Halo give the application’s agent the permissions for clients, items, quotations and sales orders.',
      'For a database: grant the login SELECT, INSERT and UPDATE on $table.',
      'Test the connection: its last steps check the rights one by one.',
    ],
    remedies: ['halo'],
  },
  'halo-too-big': {
    steps: [
      'See under Request how large the body was. Long descriptions and notes are the usual reason.',
      'On your own Halo server the limit is that of IIS: maxAllowedContentLength in web.config, 30 MB unless set.',
    ],
    remedies: ['attention'],
  },
  'halo-unreachable': {
    steps: [
      'See that the server runs: for SQL Server, that the service "SQL Server (…)" is started on $host.',
      'On this computer, try: Test-NetConnection $host -Port $port',
      'Test the connection on the tenant’s page: the first step that fails says what is missing.',
    ],
    remedies: ['halo'],
  },
  'halo-instance': { steps: [], remedies: ['halo'] },
  'halo-certificate': { steps: [], remedies: ['halo', 'network'] },
  'halo-database-missing': { steps: [], remedies: ['halo'] },
  'halo-busy': { steps: [], remedies: ['halo'] },
  'halo-not-api': { steps: [], remedies: ['halo'] },
  'halo-clock': { steps: [], remedies: ['halo'] },
  'halo-schema': { steps: [], remedies: ['halo'] },
  'halo-column-missing': {
    steps: [
      'The column is $column. If a Halo of this version should have it, run Halo’s own database update again.',
      'If it is a custom field that was deleted: remove it from the mapping of customer fields.',
    ],
    remedies: ['fields', 'halo'],
  },
  'halo-value-too-long': {
    steps: [
      'The field is $column, which takes $limit characters.',
      'Shorten the text in Datto Commerce and retry the record; or map it to a longer field.',
    ],
    remedies: ['fields', 'attention'],
  },
  'halo-value-refused': { steps: [], remedies: ['fields', 'attention'] },
  'halo-deadlock': { steps: [], remedies: [] },
  'halo-locked': {
    steps: [
      'Nothing is lost. If it comes at the same time each night, move the sync away from the backup or the maintenance of the database.',
    ],
    remedies: ['limits'],
  },
  'halo-full': {
    steps: [
      'Have the database’s administrator free some disk or let the data file grow. The sync goes on by itself.',
    ],
    remedies: ['halo'],
  },
  'halo-log-full': { steps: [], remedies: ['halo'] },
}
