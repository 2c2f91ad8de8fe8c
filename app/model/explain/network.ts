import type { Cause } from './cause.ts'

/** Products that open secure connections on their way and sign them anew with an authority of the company's; by the issuer they write. */
const inspectors =
  /zscaler|fortinet|fortigate|sophos|palo ?alto|netskope|umbrella|blue ?coat|forcepoint|websense|mcafee|trellix|barracuda|watchguard|untangle|check ?point|sonicwall|iboss|cato|squid|pfsense|kaspersky|eset|bitdefender|avast|avg|proxy|inspection|decrypt|firewall|\bCA\b.*\b(corp|internal|intern)\b|internal|corporate/i

const addAuthority = [
  'Ask whoever runs your network or virus scanner for the certificate of the authority "$issuer" as a file (.crt, .cer or .pem).',
  'Open Settings, Network, add that file under certificate authorities, and test the connection of the tenant.',
  'Or have the authority added to the operating system’s own list and leave "trust what the operating system trusts" switched on.',
  'Only do this for an authority that you know: whoever holds it can read what is sent.',
]

/** The way between this computer and the other side: name, connection, certificate, proxy. */
export const networkCauses: readonly Cause[] = [
  {
    id: 'tls-self-signed',
    when: { codes: ['tls-untrusted'], fact: ['reason', /^DEPTH_ZERO_SELF_SIGNED_CERT$/] },
    code: 'tls-untrusted',
    more: 'The server signed its certificate itself. That is usual for a test server or a new installation, and not for a service on the internet.',
    steps: [
      'Compare the fingerprint with the one that the server’s administrator reads out: $fingerprint',
      'If it is the same, save the certificate as a file and add it in Settings, Network, under certificate authorities.',
      'Better: have the server given a certificate of an authority that this computer trusts already.',
    ],
    remedies: ['network', 'connection'],
  },
  {
    id: 'tls-inspected',
    when: { codes: ['tls-untrusted'], fact: ['issuer', inspectors] },
    code: 'tls-untrusted',
    more: 'The issuer looks like a program of your own company that inspects secure connections: it opens them on the way and signs them anew.',
    steps: addAuthority,
    remedies: ['network'],
  },
  {
    id: 'tls-chain-incomplete',
    when: { codes: ['tls-untrusted'], fact: ['reason', /^UNABLE_TO_VERIFY_LEAF_SIGNATURE$/] },
    code: 'tls-untrusted',
    more: 'The server sends its own certificate without the one that signed it, or an inspection of your company does.',
    steps: [
      'If the server is your own: install the intermediate certificate on it (a browser hides this mistake, other programs do not).',
      ...addAuthority,
    ],
    remedies: ['network', 'connection'],
  },
  {
    id: 'tls-revoked',
    when: { codes: ['tls-untrusted'], fact: ['reason', /^CERT_REVOKED$/] },
    code: 'tls-untrusted',
    more: 'The certificate was withdrawn by the authority that gave it.',
    steps: ['Do not go on. Tell whoever runs the server.'],
    remedies: ['connection'],
  },
  {
    id: 'tls-untrusted',
    when: { codes: ['tls-untrusted'] },
    code: 'tls-untrusted',
    steps: addAuthority,
    remedies: ['network'],
  },
  {
    id: 'tls-expired',
    when: { codes: ['tls-expired'] },
    code: 'tls-expired',
    steps: [
      'Look at the clock of this computer: a wrong date makes every certificate look expired.',
      'The certificate was given by "$issuer" to "$subject": whoever runs that server has to renew it. Nothing can be set here that would make it valid.',
      'If the issuer is your own company’s, its inspection is at fault, not the server.',
    ],
    remedies: ['connection'],
  },
  {
    id: 'tls-wrong-host',
    when: { codes: ['tls-wrong-host'] },
    code: 'tls-wrong-host',
    steps: [
      'Compare the address under Tenants, letter by letter, with the name in the certificate: $subject',
      'If the address is an IP number, use the name instead: certificates are made out to names.',
      'If the address is right, look up where $host leads on this computer (nslookup $host) and ask your network administrator.',
    ],
    remedies: ['connection', 'network'],
  },
  {
    id: 'dns-offline',
    when: { codes: ['dns-failed'], fact: ['reason', /^EAI_AGAIN$/] },
    code: 'dns-failed',
    more: 'The name service itself did not answer: this computer is probably offline, or its name server is.',
    steps: [
      'Open any web page on this computer. If none opens, repair its network first.',
      'On a server without access to the internet, set the proxy in Settings, Network: the proxy then looks up the name.',
    ],
    remedies: ['network'],
  },
  {
    id: 'dns-unknown',
    when: { codes: ['dns-failed'] },
    code: 'dns-failed',
    steps: [
      'Check the spelling of $host under Tenants.',
      'On this computer, try: nslookup $host',
      'On a server without access to the internet, set the proxy in Settings, Network: the proxy then looks up the name.',
    ],
    remedies: ['connection', 'network'],
  },
  {
    id: 'connection-refused',
    when: { codes: ['connection-refused'] },
    code: 'connection-refused',
    steps: [
      'Check the address and the port under Tenants.',
      'If the server is your own: see that its program (the web server, the database) is running and listens on that port.',
      'On this computer, try: Test-NetConnection $host -Port $port',
    ],
    remedies: ['connection'],
  },
  {
    id: 'timeout-connect',
    when: { codes: ['timeout'], fact: ['port', /^\d+$/] },
    code: 'timeout',
    more: 'Not even the connection came about, so the request was never sent. A firewall that drops packets in silence looks like this.',
    steps: [
      'On this computer, try: Test-NetConnection $host -Port $port',
      'Have the firewall let this computer out to $host, port $port.',
      'If your network has a proxy, set it in Settings, Network.',
    ],
    remedies: ['network', 'connection'],
  },
  {
    id: 'timeout-answer',
    when: { codes: ['timeout'] },
    code: 'timeout',
    more: 'The connection was there, but the answer did not come in time: the server is busy, or something on the way holds it back.',
    steps: ['See under Timing where the time went, and whether other requests at that time were slow too.'],
    remedies: ['connection'],
  },
  {
    id: 'connection-lost',
    when: { codes: ['connection-lost'] },
    code: 'connection-lost',
    steps: [
      'If it happens at the same moment of each sync, a firewall or proxy probably ends connections: ask for this computer to be let through.',
      'If it is $host alone, whoever runs it can see in its log why it hung up.',
    ],
    remedies: ['network'],
  },
  {
    id: 'proxy-login',
    when: { codes: ['proxy-login'] },
    code: 'proxy-login',
    steps: [
      'Open Settings, Network, choose the manual proxy and enter name and password.',
      'The proxy offers these ways to sign in: $schemes. Basic is the one that this program can use.',
      'If it offers only NTLM or Negotiate, have this computer let through without a login, or the two addresses be exempted.',
    ],
    remedies: ['network'],
  },
  {
    id: 'proxy-failed',
    when: { codes: ['proxy-failed'] },
    code: 'proxy-failed',
    steps: [
      'Check the address of the proxy $proxy in Settings, Network.',
      'Have the proxy let this computer through to $target.',
      'If this computer may go out directly, choose "none", or add the address to the exceptions.',
    ],
    remedies: ['network'],
  },
  {
    id: 'redirected',
    when: { codes: ['redirected'] },
    code: 'redirected',
    steps: [
      'If $target is a page to sign in to your network, sign this computer in, or have it exempted.',
      'If $target is where the service has moved to, enter that address under Tenants.',
    ],
    remedies: ['connection', 'network'],
  },
]
