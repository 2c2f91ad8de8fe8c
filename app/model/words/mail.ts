import type { FaultCode } from '../fault.ts'
import { plain, say, type WordsFor } from './say.ts'

export type MailCode = Extract<FaultCode, `mail-${string}`>

const server = (f: Parameters<typeof say>[0]): string => `The mail server${say(f, 'host', ' $')}`
const notSent = 'Nothing was sent.'

/** Mail, and the server that takes it. Nothing of it is tried again by itself: a person sends. */
export const mailWords: WordsFor<MailCode> = {
  'mail-no-server': plain(
    'No mail server is set up yet, so nothing can be sent.',
    'Enter the mail server under Settings, Mail.',
  ),
  'mail-host-unknown': {
    what: (f) => `${server(f)} could not be found on the network. ${notSent}`,
    doNow: () =>
      'Check the spelling of its name under Settings, Mail, and that this computer can look up names.',
  },
  'mail-unreachable': {
    what: (f) =>
      `${server(f)} accepts no connection${say(f, 'port', ' on port $')}, or broke it off. ${notSent}`,
    doNow: () =>
      'Check server and port under Settings, Mail. Many networks let only certain computers send mail: ask whether a firewall stands between.',
  },
  'mail-timeout': {
    what: (f) => `${server(f)} did not answer in time${say(f, 'seconds', ' ($ seconds)')}. ${notSent}`,
    doNow: () =>
      'Check port and encryption under Settings, Mail: a server that waits for encryption (port 465) says nothing without it. Otherwise a firewall may hold the connection back.',
  },
  'mail-not-smtp': {
    what: (f) =>
      `What answers${say(f, 'host', ' as $')}${say(f, 'port', ' on port $')} does not speak as a mail server does. ${notSent}`,
    doNow: () =>
      'Check port and encryption under Settings, Mail: 465 goes with "encrypted from the start", 587 with "encryption asked for (STARTTLS)".',
  },
  'mail-no-starttls': {
    what: (f) => `${server(f)} offers no encryption (STARTTLS)${say(f, 'port', ' on port $')}. ${notSent}`,
    doNow: () =>
      'Choose "encrypted from the start" with port 465 under Settings, Mail, or ask whoever runs the server to switch STARTTLS on.',
  },
  'mail-login': {
    what: (f) => `${server(f)} refused the user name or password${say(f, 'user', ' of $')}. ${notSent}`,
    doNow: () =>
      'Enter them again under Settings, Mail. Microsoft 365 and Google refuse plain passwords unless an administrator allows SMTP sign-in or makes a password for programs.',
  },
  'mail-login-wanted': {
    what: (f) => `${server(f)} takes mail only from those who sign in. ${notSent}`,
    doNow: () => 'Enter user name and password under Settings, Mail.',
  },
  'mail-login-not-offered': {
    what: (f) => `${server(f)} offers no way to sign in, but a user name is set. ${notSent}`,
    doNow: () =>
      'Leave the user name empty under Settings, Mail if the server needs none, or use the port that takes logins (usually 587).',
  },
  'mail-sender': {
    what: (f) =>
      `${server(f)} does not let mail go out as ${say(f, 'address', '$', 'this sender')}. ${notSent}`,
    doNow: () =>
      'Use a sender under Settings, Mail that the server knows, or have the account allowed to send as it.',
  },
  'mail-recipient': {
    what: (f) => `${server(f)} does not take mail to ${say(f, 'address', '$', 'this address')}. ${notSent}`,
    doNow: () =>
      'Check the address for typing mistakes, and ask the receiver if it stays. Some servers take mail to others only after a login.',
  },
  'mail-too-large': {
    what: (f) =>
      `${server(f)} finds the mail too large${say(f, 'limitBytes', ' (it takes $ bytes)')}. ${notSent}`,
    doNow: () => 'Use a smaller logo in the template, or have the limit of the server raised.',
  },
  'mail-later': {
    what: (f) => `${server(f)} does not take the mail now, but may do so later. ${notSent}`,
    doNow: () =>
      'Send it again in some minutes. Servers that do not know a sender often refuse the first try on purpose (greylisting).',
  },
  'mail-refused': {
    what: (f) => `${server(f)} refused the mail. ${notSent}`,
    doNow: () =>
      "Read the server's own words below. A refusal as spam usually means that the sender's domain does not name this server (SPF, DKIM): ask whoever runs the mail.",
  },
  'mail-unknown': {
    what: (f) =>
      `The connection to the mail server${say(f, 'host', ' $')} broke after the whole mail was handed over and before it answered: whether it was sent is not known.`,
    doNow: () =>
      'It is not sent again by itself. Ask the receiver, or look into the log of the mail server, before you send it again.',
  },
  'mail-changed': plain(
    'The quote or its template changed since the preview was made, so nothing was sent.',
    'Look at the new preview, then send it.',
  ),
  'mail-sent-once': plain(
    'This mail was handed over already, and is not sent a second time.',
    'Look under "Mails" on the page of the quote. To send once more, open the dialog again.',
  ),
}
