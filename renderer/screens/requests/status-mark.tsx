import { CheckmarkCircle16Filled, ErrorCircle16Filled, HourglassHalf16Regular } from '@fluentui/react-icons'
import type { Exchange } from '../../../app/model/exchange.ts'
import { Mark } from '../../ui/mark.tsx'

const words: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  304: 'Not changed',
  400: 'Refused',
  401: 'Key refused',
  403: 'Forbidden',
  404: 'Not found',
  429: 'Throttled',
  500: 'Server error',
  502: 'Bad gateway',
  503: 'Unavailable',
}

type Answered = Pick<Exchange, 'status' | 'faultCode'> & { readonly method?: string }

/** How a request was answered: number and word. 0 means that no answer came. */
export function StatusMark({ exchange }: { exchange: Answered }) {
  const { status, method } = exchange
  if (status === 0) {
    return (
      <Mark tone="needs" icon={<ErrorCircle16Filled />}>
        {method === 'SQL' ? 'Database error' : 'No answer'}
      </Mark>
    )
  }
  const word = words[status]
  const text = word ? `${status} ${word}` : String(status)
  if (status === 429) {
    return (
      <Mark tone="heals" icon={<HourglassHalf16Regular />}>
        {text}
      </Mark>
    )
  }
  return status < 400 ? (
    <Mark tone="good" icon={<CheckmarkCircle16Filled />}>
      {text}
    </Mark>
  ) : (
    <Mark tone="needs" icon={<ErrorCircle16Filled />}>
      {text}
    </Mark>
  )
}
