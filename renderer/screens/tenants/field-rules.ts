/** What is wrong with an answer of a form, in words, or true. The engine checks all of it again. */
type Verdict = string | true

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/

export function nameRule(value: string): Verdict {
  if (value.trim() === '') return 'Give this tenant a name, such as the company whose Commerce it is.'
  return value.trim().length <= 100 || 'At most 100 characters.'
}

/** https, or plain http to this very machine (the sample API). */
export function addressRule(value: string): Verdict {
  const text = value.trim()
  if (text === '') return 'Enter the address.'
  if (!URL.canParse(text)) return 'This is no web address. It starts with https://'
  const { protocol, hostname, username } = new URL(text)
  if (username !== '') return 'Leave user name and password out of the address.'
  if (protocol === 'https:') return true
  if (protocol !== 'http:') return 'The address starts with https://'
  return loopback.test(hostname) || 'Only https:// is safe here. Plain http:// works for this machine alone.'
}

export function keyRule(value: string): Verdict {
  if (value.trim() === '') return 'Enter the API key.'
  return !/\s/.test(value.trim()) || 'A key has no spaces or line breaks in it.'
}

/** A whole number within limits. */
export const numberRule =
  (from: number, to: number) =>
  (value: string): Verdict => {
    const number = Number(value)
    if (value.trim() === '' || !Number.isInteger(number)) return 'Enter a whole number.'
    return (number >= from && number <= to) || `From ${from} to ${to}.`
  }
