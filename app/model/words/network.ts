import type { FaultCode } from '../fault.ts'
import { say, type WordsFor } from './say.ts'

export type NetworkCode = Extract<
  FaultCode,
  | 'dns-failed'
  | 'connection-refused'
  | 'connection-lost'
  | 'timeout'
  | 'tls-untrusted'
  | 'tls-expired'
  | 'tls-wrong-host'
  | 'proxy-login'
  | 'proxy-failed'
  | 'redirected'
>

const again = 'It is tried again by itself.'

/** The way between this computer and the other side. */
export const networkWords: WordsFor<NetworkCode> = {
  'dns-failed': {
    what: (f) =>
      `The address ${say(f, 'host', '"$"', 'of the other side')} could not be found on the network.`,
    doNow: (f) =>
      `Check the spelling of the address, and that this computer is online${say(f, 'host', ' and can look up $')}. ${again}`,
  },
  'connection-refused': {
    what: (f) =>
      `The server${say(f, 'host', ' $')} is there, but accepts no connection${say(f, 'port', ' on port $')}.`,
    doNow: () =>
      `Check that the address and port are right, that the program behind them runs, and that no firewall stands between. ${again}`,
  },
  'connection-lost': {
    what: (f) =>
      `The connection to ${say(f, 'host', '$', 'the other side')} broke off before the answer was complete.`,
    doNow: () =>
      `Nothing needs to be done if it happens now and then. ${again} If it stays, look at the firewall or the line.`,
  },
  timeout: {
    what: (f) =>
      `${say(f, 'host', 'The server $', say(f, 'who', '$', 'The other side'))} did not answer in time${say(f, 'seconds', ' ($ seconds)')}.`,
    doNow: () =>
      `${again} If it stays, check whether a firewall holds the connection back, or whether the server is overloaded.`,
  },
  'tls-untrusted': {
    what: (f) =>
      `The certificate of ${say(f, 'host', '$', 'the server')} is signed by ${say(f, 'issuer', '"$"', 'an issuer')}, which this computer does not trust.`,
    doNow: (f) =>
      `If your company inspects secure connections, add the certificate of ${say(f, 'issuer', '"$"', 'its issuer')} under Network as a file, or have it added to the operating system. If you do not know the issuer, do not go on and ask your network administrator.`,
  },
  'tls-expired': {
    what: (f) =>
      `The certificate of ${say(f, 'host', '$', 'the server')} is not valid at this time${say(f, 'validTo', '; it ran until $')}.`,
    doNow: () =>
      'Check the date and time of this computer first. If they are right, whoever runs the server has to renew its certificate.',
  },
  'tls-wrong-host': {
    what: (f) =>
      `The server that answered for ${say(f, 'host', '$', 'this address')} shows a certificate of another one${say(f, 'subject', ' ("$")')}.`,
    doNow: () =>
      'Check the address. If it is right, a proxy or a wrong entry in the name service leads to another server: ask your network administrator.',
  },
  'proxy-login': {
    what: (f) =>
      `The proxy${say(f, 'proxy', ' $')} asks for a user name and password, or refused the ones it got${say(f, 'schemes', ' (it offers: $)')}.`,
    doNow: () => 'Enter the user name and password of the proxy under Network, then test the connection.',
  },
  'proxy-failed': {
    what: (f) =>
      `The proxy${say(f, 'proxy', ' $')} could not make the connection${say(f, 'target', ' to $')}${say(f, 'reason', ' ($)')}.`,
    doNow: (f) =>
      `Check the proxy's address under Network${say(f, 'target', ', and that the proxy lets $ through')}. If no proxy is needed, choose "none".`,
  },
  redirected: {
    what: (f) =>
      `${say(f, 'host', 'The server $', 'The server')} sends the request on to another address${say(f, 'target', ', $')}, which is not followed so that keys stay safe.`,
    doNow: (f) =>
      `Enter the final address${say(f, 'target', ' ($) if you know it')}. A login page in between means that a network login is missing on this computer.`,
  },
}
