import type { FaultCode } from '../fault.ts'
import { say, type WordsFor } from './say.ts'

export type HaloCode = Extract<FaultCode, `halo-${string}`>

const place = (f: Parameters<typeof say>[0]): string => say(f, 'column', ' "$"', say(f, 'field', ' "$"'))
const record = (f: Parameters<typeof say>[0]): string => say(f, 'label', ' of "$"')

/** The destination, database or REST API. */
export const haloWords: WordsFor<HaloCode> = {
  'halo-unreachable': {
    what: (f) =>
      `Halo could not be reached${say(f, 'file', ': the database file $ cannot be opened', say(f, 'host', ' at $'))}.`,
    doNow: (f) =>
      `Check ${say(f, 'file', 'that the folder exists and that this program may write there', 'that the server runs and the address is right')}. It is tried again by itself.`,
  },
  'halo-login': {
    what: (f) => `Halo refused the login${say(f, 'user', ' of "$"')}.`,
    doNow: () =>
      'Enter the user name and password, or the client id and secret, of Halo again under Tenants, then test the connection.',
  },
  'halo-secret-missing': {
    what: (f) => `No password or client secret is stored for Halo${say(f, 'name', ' ($)')}.`,
    doNow: () =>
      "Enter it on the tenant's page, under Halo. It has to be entered again when the server or the user changes, so that it never goes to another server.",
  },
  'halo-instance': {
    what: (f) =>
      `The server${say(f, 'host', ' $')} does not tell where the SQL Server instance${say(f, 'name', ' "$"')} listens.`,
    doNow: () =>
      'Check the name of the instance, that the service "SQL Server Browser" runs and that UDP port 1434 is open; or write the server as HOST,PORT.',
  },
  'halo-certificate': {
    what: (f) =>
      `The certificate of Halo's server${say(f, 'host', ' $')} is not trusted${say(f, 'reason', ': $')}${say(f, 'issuer', '. It was signed by "$"')}${say(f, 'fingerprint', ', fingerprint $')}.`,
    doNow: () =>
      "Compare the fingerprint with the server's own certificate and accept exactly this one, or add the authority that signed it under Settings, Network.",
  },
  'halo-database-missing': {
    what: (f) =>
      `The server has no database${say(f, 'name', ' "$"')}, or the login${say(f, 'user', ' "$"')} may not open it.`,
    doNow: () =>
      'Check the name of the database, and have its administrator map this login to a user of that database.',
  },
  'halo-busy': {
    what: (f) => `Halo's server${say(f, 'host', ' $')} takes no more connections at the moment.`,
    doNow: () =>
      'Nothing needs to be done: it is tried again by itself. If it stays, raise the number of connections that the server allows.',
  },
  'halo-rights': {
    what: (f) => `The Halo login${say(f, 'user', ' "$"')} may not do this${say(f, 'table', ' (table $)')}.`,
    doNow: () =>
      'Have a Halo administrator give this login the right to read and write clients, items, quotations and sales orders.',
  },
  'halo-schema': {
    what: (f) =>
      `The database${say(f, 'file', ' $')} is not laid out like one of Halo's${say(f, 'tables', '; missing: $', say(f, 'table', '; missing: $'))}.`,
    doNow: () =>
      'Check that the right database was chosen. If it is, compare the Halo version with the ones this program supports.',
  },
  'halo-column-missing': {
    what: (f) =>
      `Halo's database has no place for something that must be written${say(f, 'columns', ': $', say(f, 'column', ': $'))}.`,
    doNow: () =>
      'Update Halo to a version that has it, then test the connection. Nothing is written until then.',
  },
  'halo-locked': {
    what: (f) =>
      `Halo's database${say(f, 'file', ' $')} is in use by another program and did not become free in time.`,
    doNow: () =>
      'Nothing needs to be done: it is tried again by itself. If it stays, close the program that keeps it open.',
  },
  'halo-full': {
    what: (f) => `The disk of Halo's database${say(f, 'file', ' $')} is full.`,
    doNow: () => 'Free some space on that disk. Nothing was lost: the sync goes on where it stopped.',
  },
  'halo-log-full': {
    what: (f) => `The transaction log of Halo's database${say(f, 'name', ' $')} is full.`,
    doNow: () =>
      'Have its administrator back up the log or give it more room. Nothing was lost: the sync goes on where it stopped.',
  },
  'halo-deadlock': {
    what: () => 'Halo wrote the same records at the same moment, so the database stopped one of the two.',
    doNow: () => 'Nothing needs to be done: it is tried again by itself.',
  },
  'halo-value-too-long': {
    what: (f) =>
      `A text${record(f)} is too long for Halo's field${place(f)}${say(f, 'length', ': it has $ characters')}${say(f, 'limit', ', $ fit')}.`,
    doNow: () => 'Shorten it in Datto Commerce, or map it to a longer field; then retry the record.',
  },
  'halo-value-refused': {
    what: (f) => `Halo's field${place(f)} does not take the value${say(f, 'value', ' "$"')}${record(f)}.`,
    doNow: () =>
      'Correct the value in Datto Commerce, or map it to a field of another type; then retry the record.',
  },
  'halo-reference-missing': {
    what: (f) =>
      `The record${say(f, 'label', ' "$"')} points to ${say(f, 'table', 'an entry of $', 'something')} that Halo does not have${say(f, 'id', ' (number $)')}.`,
    doNow: () =>
      'Check the mapping of statuses, groups and taxes: an entry may have been deleted in Halo. Then retry the record.',
  },
  'halo-field-mandatory': {
    what: (f) =>
      `Halo insists on a value in the field${place(f)}, and the record${say(f, 'label', ' "$"')} has none.`,
    doNow: () =>
      'Map a Commerce field or a fixed value to this field, or make it optional in Halo; then retry the record.',
  },
  'halo-damaged': {
    what: (f) => `Halo's database${say(f, 'file', ' $')} is damaged.`,
    doNow: () =>
      'Stop the sync and restore the database from its last good backup. What was missed is then synced again.',
  },
  'halo-not-api': {
    what: (f) =>
      `The address of Halo${say(f, 'host', ' ($)')} answered with ${say(f, 'status', 'something else than Halo does (status $)', 'something else than Halo does')}.`,
    doNow: () =>
      'Compare the address under Tenants with the one that Halo shows under Configuration, Integrations, Halo API. If it is right, a login page of the network or a page about maintenance stands in front of Halo: open the address in a browser on this computer.',
  },
  'halo-auth-elsewhere': {
    what: (f) =>
      `Halo${say(f, 'host', ' at $')} wants the login to be sent to another server${say(f, 'target', ', $')}. Nothing was sent there.`,
    doNow: () =>
      'Compare with the authorisation server that Halo shows under Configuration, Integrations, Halo API. If it is the right one, enter it under Tenants; then test the connection.',
  },
  'halo-clock': {
    what: (f) =>
      `Halo refused the login because the clocks of the two computers differ${say(f, 'minutes', ' by about $ minutes')}.`,
    doNow: () =>
      'Set the clock and time zone of this computer (and of the Halo server, if it is yours) by a time server, then test the connection.',
  },
  'halo-too-big': {
    what: (f) => `Halo did not take the record${say(f, 'label', ' "$"')} because it is too large.`,
    doNow: () =>
      'Shorten its texts or split it in Datto Commerce, or have the limit on the Halo server raised; then retry the record.',
  },
  'halo-refused': {
    what: (f) => `Halo did not take the record${say(f, 'label', ' "$"')}${say(f, 'status', ' (status $)')}.`,
    doNow: () =>
      "Halo's own words below say why. Correct it in Datto Commerce, in the mapping or in Halo; then retry the record.",
  },
  'halo-error': {
    what: (f) =>
      `Halo answered with an error of its own${say(f, 'status', ' (status $)', say(f, 'code', ' ($)'))}.`,
    doNow: () =>
      'Read the exact words below. If they do not help, make a support bundle and ask your Halo administrator.',
  },
}
