import { describe, expect, it } from 'vitest'
import type { MailServer } from '../../../app/model/mail/server.ts'
import {
  hasAddress,
  withAddress,
  wrongIn as wrongInMail,
} from '../../../renderer/screens/send-quote/mail-draft.ts'
import { draftOf, inputOf, passwordOf, wrongIn } from '../../../renderer/screens/settings/mail-draft.ts'

describe('a mail as it is typed', () => {
  const fields = { to: 'ana@northwind.example', cc: '', subject: 'Quote', text: '' }

  it('needs a receiver and a subject, and names what is no address', () => {
    expect(wrongInMail(fields)).toEqual({})
    expect(wrongInMail({ ...fields, to: ' ', cc: 'bo, c@d.example', subject: ' ' })).toEqual({
      to: 'Enter whom it goes to.',
      cc: '"bo" is no mail address.',
      subject: 'Enter a subject.',
    })
  })

  it('gets one more receiver', () => {
    expect(withAddress('', 'a@b.example')).toBe('a@b.example')
    expect(withAddress('Ana <x@y.example>; ', 'a@b.example')).toBe('Ana <x@y.example>, a@b.example')
    expect(hasAddress('Ana <X@Y.example>', 'x@y.example')).toBe(true)
  })
})

describe('the mail server as it is typed', () => {
  const kept: MailServer = {
    ...{ host: 'smtp.example.com', port: 587, security: 'starttls', isPlainAccepted: false, user: 'sales' },
    ...{ fromName: '', fromAddress: 'sales@example.com', replyTo: '', copyTo: '', hasPassword: true },
  }

  it('is as it was when nothing is typed, and leaves its password', () => {
    const draft = draftOf(kept)
    expect(wrongIn(draft, kept)).toEqual({})
    expect({ ...inputOf(draft), hasPassword: true }).toEqual(kept)
    expect(passwordOf(draft)).toEqual({})
  })

  it('needs its password again for another server or user', () => {
    expect(wrongIn({ ...draftOf(kept), host: 'other.example.com' }, kept)).toEqual({
      password: 'This server and user need their own password.',
    })
    expect(wrongIn({ ...draftOf(kept), host: 'SMTP.example.com' }, kept)).toEqual({})
    expect(wrongIn({ ...draftOf(kept), user: 'other', password: 'new' }, kept)).toEqual({})
  })

  it('has no login without encryption, which needs a tick', () => {
    const draft = { ...draftOf(kept), security: 'none' as const }
    expect(wrongIn(draft, kept)).toEqual({ isPlainAccepted: 'Tick that mail may be readable on the way.' })
    expect(inputOf(draft).user).toBe('')
    expect(passwordOf(draft)).toEqual({ password: null })
  })

  it('names what cannot be used', () => {
    const wrong = wrongIn(
      { ...draftOf(null), host: 'https://mail', port: '70000', fromAddress: 'sales' },
      null,
    )
    expect(Object.keys(wrong).sort()).toEqual(['fromAddress', 'host', 'port'])
  })
})
