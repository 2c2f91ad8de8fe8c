import type { FaultCode } from '../fault.ts'
import { plain, say, type WordsFor } from './say.ts'

export type CommerceCode = Extract<
  FaultCode,
  | 'key-refused'
  | 'key-missing'
  | 'rate-limited'
  | 'day-limit'
  | 'api-down'
  | 'not-found'
  | 'bad-request'
  | 'forbidden'
  | 'not-json'
  | 'json-broken'
  | 'answer-too-big'
  | 'not-commerce'
  | 'record-invalid'
  | 'page-repeated'
>

const newKey =
  'In the web portal of Datto Commerce open the account menu (top right), then Developer API, copy the key, and enter it under Tenants.'
const who = 'Datto Commerce'

/** The source. Some of it can be Halo's REST API as well: then `who` says so. */
export const commerceWords: WordsFor<CommerceCode> = {
  'key-refused': plain(
    'Datto Commerce refused the API key: it is wrong, was deleted, or belongs to another instance.',
    newKey,
  ),
  'key-missing': plain('No API key of Datto Commerce has been entered yet.', newKey),
  'rate-limited': {
    what: (f) =>
      `${say(f, 'who', '$', who)} asks for a pause: too many requests in a minute${say(f, 'perMinute', ' ($ are allowed)')}.`,
    doNow: (f) =>
      `Nothing needs to be done: it goes on by itself${say(f, 'retryAt', ' at $')}. If it happens often, look for another program that uses the same key.`,
  },
  'day-limit': {
    what: (f) =>
      `The requests of this day are used up${say(f, 'usedToday', ': $ so far')}${say(f, 'perDay', ', $ are allowed')}.`,
    doNow: (f) =>
      `Nothing needs to be done: it goes on by itself${say(f, 'retryAt', ' at $', ' after midnight (UTC)')}. If it happens often, sync less often or import less.`,
  },
  'api-down': {
    what: (f) =>
      `${say(f, 'who', '$', who)} has trouble of its own and could not answer${say(f, 'status', ' (status $)')}.`,
    doNow: (f) =>
      `Nothing needs to be done: it is tried again by itself${say(f, 'retryAt', ' at $')}. If it lasts for hours, ask the vendor's support.`,
  },
  'not-found': {
    what: (f) => `${say(f, 'who', '$', who)} has nothing at this address${say(f, 'path', ' ($)')}.`,
    doNow: () =>
      'If this concerns one record, it was deleted there. If it concerns everything, check the API address under Tenants.',
  },
  'bad-request': {
    what: (f) =>
      `${say(f, 'who', '$', who)} refused the request${say(f, 'path', ' $')}${say(f, 'id', ' for number $')}.${f.who === 'Halo' ? '' : ' Datto Commerce answers so when a record no longer exists.'}`,
    doNow: () =>
      'If the record was deleted, dismiss this. Otherwise open the request to read the exact answer, and retry the record.',
  },
  forbidden: {
    what: (f) =>
      `${say(f, 'who', '$', who)} knows the key but does not allow this request${say(f, 'path', ' ($)')}.`,
    doNow: () =>
      'Check in the web portal that the user who made the key may see these records, and that no firewall on the way refuses the request.',
  },
  'not-json': {
    what: (f) =>
      `${say(f, 'host', 'The server $', say(f, 'who', '$', who))} answered with a web page instead of data${say(f, 'path', ' ($)')}.`,
    doNow: () =>
      'Open the request to see the page. A login page of your network, a firewall notice or a maintenance page are the usual reasons. It is tried again by itself.',
  },
  'json-broken': {
    what: (f) =>
      `The answer of ${say(f, 'host', '$', say(f, 'who', '$', who))} was cut off or damaged on its way.`,
    doNow: () =>
      'It is tried again by itself. If it stays, look for a proxy or firewall that changes answers.',
  },
  'answer-too-big': {
    what: (f) =>
      `The answer of ${say(f, 'host', '$', say(f, 'who', '$', who))} is larger than this program accepts${say(f, 'limitBytes', ' ($ bytes)')}.`,
    doNow: () =>
      'Check the API address under Tenants: it may lead to something else than Datto Commerce. Otherwise report it.',
  },
  'not-commerce': {
    what: (f) => `What answers${say(f, 'url', ' at $', say(f, 'host', ' at $'))} is not Datto Commerce.`,
    doNow: () =>
      'Check both addresses under Tenants. The instance looks like https://NAME.mydattocommerce.com; the API address is the same for everybody, so leave it as it came.',
  },
  'record-invalid': {
    what: (f) =>
      `Datto Commerce sent a record${say(f, 'resource', ' ($)')}${say(f, 'id', ', number $,')} that cannot be read${say(f, 'problems', ': $')}.`,
    doNow: () =>
      'All other records went on. Open the record to see what was sent, correct it in Datto Commerce where possible, and retry it.',
  },
  'page-repeated': {
    what: (f) =>
      `Datto Commerce sent the same page${say(f, 'resource', ' of the list "$"')} twice, so the list could not be read to its end.`,
    doNow: () =>
      'It is tried again by itself, and nothing is lost. If it stays, report it to the vendor with the recorded request.',
  },
}
