import type { Cause } from './cause.ts'

/** What stands between a server and its visitors answers in its own pages; found by words that they write. */
const proxyPages =
  /(?<product>zscaler|fortinet|fortigate|fortiguard|sophos|palo alto|netskope|cisco umbrella|blue ?coat|forcepoint|websense|mcafee|barracuda|watchguard|untangle|check point|sonicwall|squid|smoothwall|pfsense|cloudflare|incapsula|akamai|imperva)/i
const loginPages = /(captive|log ?in|sign ?in|anmelden|hotspot|accept the terms|authentication required)/i

const seePage = 'Read the page under Response: its title and first lines say who wrote it.'

/** Datto Commerce, and what may answer in its place. */
export const commerceCauses: readonly Cause[] = [
  {
    id: 'page-of-a-proxy',
    when: { hosts: ['commerce', 'other'], isPage: true, says: proxyPages },
    code: 'not-json',
    more: 'The page was written by a program on the way, not by Datto Commerce.',
    steps: [
      seePage,
      'Have the network’s administrator let this computer through to $host; the page names the product: $product.',
      'If your network has another proxy for servers, set it in Settings, Network.',
    ],
    remedies: ['network', 'connection'],
  },
  {
    id: 'page-to-sign-in',
    when: { hosts: ['commerce', 'other'], isPage: true, says: loginPages },
    code: 'not-json',
    more: 'It looks like a page to sign in: of your network, or of a web portal whose address was entered for the API.',
    steps: [
      seePage,
      'Compare the API address under Tenants with https://api.kaseyaquotemanager.com.',
      'If it is right, sign this computer in to your network, or have it exempted from signing in.',
    ],
    remedies: ['connection', 'network'],
  },
  {
    id: 'page',
    when: { hosts: ['commerce', 'other'], isPage: true },
    code: 'not-json',
    steps: [
      seePage,
      'Compare the API address under Tenants with https://api.kaseyaquotemanager.com.',
      'If it says that the service is being maintained, wait: it is tried again by itself.',
    ],
    remedies: ['connection', 'network'],
  },
  {
    id: 'key-refused',
    when: { hosts: ['commerce'], statuses: [401] },
    code: 'key-refused',
    steps: [
      'Sign in to the web portal of Datto Commerce, open the account menu (top right), Developer API, and copy the key.',
      'Open the tenant’s connection here, replace the key and test it.',
      'If the key is new: see that it belongs to this instance. A key of another instance is refused in the same way.',
    ],
    remedies: ['connection'],
  },
  {
    id: 'key-forbidden',
    when: { hosts: ['commerce'], statuses: [403] },
    code: 'forbidden',
    steps: [
      'See in the web portal that the user who made the key still exists and may see these records.',
      'If all requests are refused with 403, a firewall on the way may be refusing them: look at the response’s headers for its name.',
    ],
    remedies: ['connection', 'network'],
  },
  {
    id: 'minute-limit',
    when: { codes: ['rate-limited'] },
    code: 'rate-limited',
    more: 'It is the limit of a minute: it is free again within a minute.',
    steps: [
      'Nothing is lost: the request is sent again by itself.',
      'If it happens at every sync, another program uses the same key: give each program a share by lowering "requests a minute" of the tenant.',
    ],
    remedies: ['limits'],
  },
  {
    id: 'day-limit',
    when: { codes: ['day-limit'] },
    code: 'day-limit',
    more: 'It is the limit of a day. The vendor does not say when a day begins; midnight UTC is assumed.',
    steps: [
      'Nothing is lost: the sync goes on when it is free again.',
      'Sync less often, or keep a larger reserve, so that a day’s requests last.',
    ],
    remedies: ['limits'],
  },
  {
    id: 'record-gone',
    when: { hosts: ['commerce'], statuses: [400] },
    code: 'bad-request',
    more: 'By its documentation Datto Commerce answers 400 when the number asked for does not exist.',
    steps: [
      'Open the record in Datto Commerce. If it was deleted, dismiss the failure: nothing in Halo is deleted.',
      'If it is there, retry it; if it is refused again, make a report for the vendor.',
    ],
    remedies: ['attention', 'report'],
  },
  {
    id: 'address-wrong',
    when: { hosts: ['commerce'], statuses: [404, 410, 405] },
    code: 'not-found',
    steps: ['Compare the API address under Tenants with https://api.kaseyaquotemanager.com.'],
    remedies: ['connection'],
  },
  {
    id: 'commerce-down',
    when: { hosts: ['commerce'], statusClass: 5 },
    code: 'api-down',
    steps: [
      'See under Attempts whether a later try succeeded: then nothing is to be done.',
      'If it lasts, send the vendor’s support the time and the request (Copy as cURL leaves the key out).',
    ],
    remedies: ['report'],
  },
]
