import { addressesIn, oddAddresses } from '../../../app/model/mail/message.ts'

/** A mail as the dialog holds it; addresses are one line of them. */
export type MailFields = {
  readonly to: string
  readonly cc: string
  readonly subject: string
  readonly text: string
}

type WrongFields = Partial<Record<keyof MailFields, string>>

/** What is wrong, in words, field by field; the engine checks all of it again. */
export function wrongIn({ to, cc, subject }: MailFields): WrongFields {
  const odd = (line: string): string | null => {
    const [first] = oddAddresses(line)
    return first === undefined ? null : `"${first}" is no mail address.`
  }
  const wrongTo = odd(to) ?? (addressesIn(to).length === 0 ? 'Enter whom it goes to.' : null)
  const wrongCc = odd(cc)
  return {
    ...(wrongTo ? { to: wrongTo } : {}),
    ...(wrongCc ? { cc: wrongCc } : {}),
    ...(subject.trim() === '' ? { subject: 'Enter a subject.' } : {}),
  }
}

/** A line of addresses with one more. */
export const withAddress = (line: string, address: string): string =>
  line.trim() === '' ? address : `${line.trim().replace(/[,;]$/, '')}, ${address}`

export const hasAddress = (line: string, address: string): boolean =>
  addressesIn(line).some((each) => each.toLowerCase() === address.toLowerCase())
