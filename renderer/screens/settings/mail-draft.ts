import type { Fault } from '../../../app/model/fault.ts'
import { explain } from '../../../app/model/fault-words.ts'
import {
  isSameLogin,
  type MailSecurity,
  type MailServer,
  type MailServerInput,
  mailServerInputSchema,
} from '../../../app/model/mail/server.ts'

/** The mail server as a form holds it. */
export type MailDraft = Omit<MailServerInput, 'port'> & {
  readonly port: string
  /** A new one; empty: as it was. */
  readonly password: string
}

/** The port that goes with each way, by convention (RFC 8314 §3.3, RFC 6409 §3.1). */
export const usualPort: Readonly<Record<MailSecurity, string>> = { tls: '465', starttls: '587', none: '25' }

export function draftOf(server: MailServer | null): MailDraft {
  const given = server ?? emptyServer
  const { host, security, isPlainAccepted, user, fromName, fromAddress, replyTo, copyTo } = given
  return {
    ...{ host, security, isPlainAccepted, user, fromName, fromAddress, replyTo, copyTo },
    port: String(given.port),
    password: '',
  }
}

const emptyServer: MailServerInput = {
  ...{ host: '', port: 587, security: 'starttls', isPlainAccepted: false, user: '' },
  ...{ fromName: '', fromAddress: '', replyTo: '', copyTo: '' },
}

/** What is sent: without a login where nothing is encrypted. */
export function inputOf(draft: MailDraft): MailServerInput {
  const { password, port, ...others } = draft
  const isPlain = others.security === 'none'
  return {
    ...others,
    port: Number(port),
    user: isPlain ? '' : others.user.trim(),
    isPlainAccepted: isPlain && others.isPlainAccepted,
  }
}

/** The password only when it changes; null forgets it. */
export const passwordOf = (draft: MailDraft): { password?: string | null } => {
  if (inputOf(draft).user === '') return { password: null }
  return draft.password === '' ? {} : { password: draft.password }
}

export type WrongMail = Partial<Record<keyof MailDraft, string>>

/** What is wrong, in words, field by field: the rules are those of the engine. `kept`: what is saved. */
export function wrongIn(draft: MailDraft, kept: MailServer | null): WrongMail {
  const input = inputOf(draft)
  const read = mailServerInputSchema.safeParse(input)
  const wrong: WrongMail = Object.fromEntries(
    (read.success ? [] : read.error.issues).map(({ path, message }) => [String(path[0]), message]).reverse(),
  )
  if (wrong.port) wrong.port = 'A port is a number from 1 to 65535.'
  const hasOne = kept?.hasPassword === true && isSameLogin(kept, input)
  if (input.user !== '' && draft.password === '' && !hasOne)
    wrong.password = kept?.hasPassword
      ? 'This server and user need their own password.'
      : 'Enter the password that goes with the user.'
  return wrong
}

/** What the engine refused, at the field that it is about; null when it is about none of this form's. */
export function refusedAt(fault: Fault, draft: MailDraft): WrongMail | null {
  const field = String(fault.facts?.field ?? '')
    .split('.')
    .find((part) => Object.hasOwn(draft, part))
  return field ? { [field]: explain(fault).what } : null
}
