import { CheckmarkCircle16Filled, ErrorCircle16Filled, HourglassHalf16Regular } from '@fluentui/react-icons'
import type { Exchange } from '../../../app/model/exchange.ts'
import { faultCodes, nextOf } from '../../../app/model/fault.ts'
import { Mark } from '../../ui/mark.tsx'

const words: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  304: 'Not changed',
  400: 'Refused',
  401: 'Key refused',
  403: 'Forbidden',
  404: 'Not found',
  407: 'Proxy login',
  408: 'Too slow',
  413: 'Too large',
  429: 'Throttled',
  500: 'Server error',
  502: 'Bad gateway',
  503: 'Unavailable',
  504: 'Gateway too slow',
}

type Answered = Pick<Exchange, 'status' | 'faultCode'> & Partial<Pick<Exchange, 'method' | 'host'>>

/** How a request was answered: number and word. What heals by itself is told from what needs a person. */
export function StatusMark({ exchange }: { exchange: Answered }) {
  const { status, faultCode } = exchange
  if (faultCode === null && status > 0 && status < 400) {
    return (
      <Mark tone="good" icon={<CheckmarkCircle16Filled />}>
        {wordOf(exchange)}
      </Mark>
    )
  }
  const code = faultCodes.find((each) => each === faultCode)
  return code && nextOf(code) === 'retry' ? (
    <Mark tone="heals" icon={<HourglassHalf16Regular />}>
      {wordOf(exchange)}
    </Mark>
  ) : (
    <Mark tone="needs" icon={<ErrorCircle16Filled />}>
      {wordOf(exchange)}
    </Mark>
  )
}

function wordOf({ status, faultCode, method, host }: Answered): string {
  if (status === 0) return method === 'SQL' ? 'Database error' : 'No answer'
  if (status === 401 && host === 'halo') return '401 Login refused'
  if (status < 400 && faultCode === 'not-json') return `${status} Web page`
  if (faultCode === 'redirected') return `${status} Sent elsewhere`
  const word = words[status]
  return word ? `${status} ${word}` : String(status)
}
