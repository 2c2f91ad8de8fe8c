import type { FaultCode } from '../fault.ts'
import type { CommerceCode } from './commerce.ts'
import type { HaloCode } from './halo.ts'
import type { MailCode } from './mail.ts'
import type { NetworkCode } from './network.ts'
import type { QuoteCode } from './quotes.ts'
import type { RecordCode } from './records.ts'
import { plain, say, type WordsFor } from './say.ts'
import type { SheetCode } from './sheets.ts'

/** Every code that no other file has: a new one does not compile without words. */
type HereCode = Exclude<
  FaultCode,
  NetworkCode | CommerceCode | HaloCode | RecordCode | QuoteCode | SheetCode | MailCode
>

const owner = (f: Parameters<typeof say>[0]): string =>
  `${say(f, 'ownerHost', ' on the computer $')}${say(f, 'pid', ' (process $)')}${say(f, 'since', ' since $')}`

/** This computer and this program. */
export const hereWords: WordsFor<HereCode> = {
  'link-taken': {
    what: (f) =>
      `The client${say(f, 'id', ' number $')} in Halo, or the customer${say(f, 'customerId', ' number $')}, is linked already.`,
    doNow: () => 'Look at the list of customers without a link again: somebody was faster.',
  },
  'folder-unwritable': {
    what: (f) => `The folder${say(f, 'folder', ' $')} cannot be written to.`,
    doNow: () =>
      'Give the account that runs this program the right to write there, or choose another data folder.',
  },
  'folder-missing': {
    what: (f) =>
      `${say(f, 'folder', 'The folder $', 'The folder')} does not exist or holds no data of this program yet.`,
    doNow: () =>
      'Check the path. If the folder is on another disk or share, check that it is connected; otherwise start the program once to create it.',
  },
  'folder-in-use': {
    what: (f) =>
      `The data folder${say(f, 'folder', ' $')} is in use by another copy of this program${owner(f)}.`,
    doNow: () =>
      'Use the copy that already runs (look for its icon or its service), or stop it first. Two copies on one folder would do everything twice.',
  },
  'door-closed': {
    what: (f) =>
      `The service works on${say(f, 'folder', ' $', ' the data folder')}, but your account may not enter it${say(f, 'file', ' ($ cannot be read)')}.`,
    doNow: () =>
      'Ask an administrator to let your account in (docs/security.md says how), or open the address that the service printed. The service goes on working.',
  },
  'store-newer': {
    what: (f) =>
      `The data${say(f, 'folder', ' in $')} were written by a newer version of this program${say(f, 'store', ' (version $ of the data')}${say(f, 'store', say(f, 'program', ', this program knows $'))}${say(f, 'store', ')')}.`,
    doNow: () => 'Install the newer version again. Nothing was changed.',
  },
  'store-damaged': {
    what: (f) => `The program's own data${say(f, 'file', ' ($)')} are damaged.`,
    doNow: (f) =>
      `Stop the program and put the last backup${say(f, 'backup', ' ($)')} in its place. Nothing is doubled in Halo: what was missed is synced again.`,
  },
  'store-locked': {
    what: (f) =>
      `The program's own data${say(f, 'file', ' ($)', say(f, 'folder', ' in $'))} are held by another program.`,
    doNow: () =>
      'It is tried again by itself. If it stays, keep backup and virus scanners away from the data folder.',
  },
  'disk-full': {
    what: (f) =>
      `The disk is full${say(f, 'file', ': $ could not be written', say(f, 'folder', ': nothing fits into $'))}.`,
    doNow: () => 'Free some space on that disk. Nothing was lost: the work goes on where it stopped.',
  },
  'secret-lost': {
    what: (f) =>
      `A stored key or password${say(f, 'name', ' ($)')} can no longer be read, for example because the program moved to another account or computer.`,
    doNow: (f) =>
      f.name === 'proxy-password'
        ? "Enter the proxy's password again under Settings, Network. Everything else was kept."
        : f.name === 'mail-password'
          ? 'Enter the password of the mail server again under Settings, Mail. Everything else was kept.'
          : 'Enter the key or password again under Tenants. Everything else was kept.',
  },
  'no-secret-store': plain(
    'This computer offers no safe place to keep keys and passwords, so none was stored.',
    'Sign in to the desktop normally, or install the program as a service: it then keeps its own protected key file.',
  ),
  'service-refused': {
    what: (f) =>
      `The service could not be set up or asked${say(f, 'command', ': $')}${say(f, 'status', ' (status $)')} did not succeed.`,
    doNow: (f) =>
      f.isAdmin === 0
        ? 'Run the same command as administrator (on Linux as root).'
        : 'Read the words of the operating system below, mend what they say and run the same command again: it begins anew and keeps all data.',
  },
  'port-in-use': {
    what: (f) => `The port${say(f, 'port', ' $')} of this computer is already taken by another program.`,
    doNow: () => 'Choose another port, or stop the program that uses it.',
  },
  'input-invalid': {
    what: (f) =>
      `What was entered${say(f, 'field', ' for "$"')} cannot be used${say(f, 'problem', ': $', say(f, 'problems', ': $', say(f, 'reason', ': $')))}${say(f, 'file', ' (file $)')}.`,
    doNow: () => 'Correct it and try again.',
  },
  'url-invalid': {
    what: (f) => `${say(f, 'url', '"$"', 'What was entered')} is not an address that can be used.`,
    doNow: () => 'Enter the whole address, for example https://NAME.mydattocommerce.com.',
  },
  'url-insecure': {
    what: (f) =>
      `The address${say(f, 'url', ' $')} starts with http, so keys would travel readable for everybody on the way.`,
    doNow: () =>
      'Use the address that starts with https. Plain http is accepted for this very computer alone.',
  },
  'name-taken': {
    what: (f) => `The name${say(f, 'name', ' "$"')} is already in use.`,
    doNow: () => 'Choose another name.',
  },
  'tenant-unknown': {
    what: (f) =>
      `There is no connection${say(f, 'name', ' called "$"', say(f, 'id', ' with the number $'))}.`,
    doNow: () => 'Look at the list of connections: it may have been renamed or removed.',
  },
  'tenant-disabled': {
    what: (f) => `The connection${say(f, 'name', ' "$"')} is switched off, so it is not synced.`,
    doNow: () => 'Switch it on under Tenants.',
  },
  'already-running': {
    what: (f) =>
      `A sync of this connection${say(f, 'name', ' ("$")')} is already running${say(f, 'since', ' since $')}.`,
    doNow: () => 'Wait until it has ended, or cancel it first.',
  },
  cancelled: plain(
    'A person stopped it before it was done.',
    'Start it again when you like: it goes on where it stopped.',
  ),
  interrupted: plain(
    'The program or the computer was stopped in the middle of a sync.',
    'Nothing needs to be done: the next sync goes on where this one stopped. Nothing is lost or doubled.',
  ),
  bug: plain(
    'Something went wrong inside this program that nobody foresaw.',
    'Try again. If it happens once more, make a support bundle and report it with the exact words below.',
  ),
}
