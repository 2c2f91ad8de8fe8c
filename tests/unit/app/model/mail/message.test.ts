import { describe, expect, it } from 'vitest'
import { addressesIn, oddAddresses, outgoingSchema } from '../../../../../app/model/mail/message.ts'

describe('addresses as people write them', () => {
  it.each([
    ['a@b.example, c@d.example', ['a@b.example', 'c@d.example']],
    ['"Trujillo, Ana" <a@b.example>; Bo <c@d.example>', ['a@b.example', 'c@d.example']],
    ['a@b.example A@B.example', ['A@B.example']],
    ['  ', []],
  ])('%s', (text, found) => {
    expect(addressesIn(text)).toEqual(found)
  })

  it('are told from what is none', () => {
    expect(oddAddresses('a@b.example, ana, x@, <y@z.example>')).toEqual(['ana', 'x@'])
  })
})

it('a mail has no second line in its subject, and somebody to go to', () => {
  const mail = {
    token: crypto.randomUUID(),
    to: ['a@b.example'],
    cc: [],
    subject: 'Quote',
    text: '',
    seen: '',
  }
  expect(outgoingSchema.safeParse(mail).success).toBe(true)
  expect(outgoingSchema.safeParse({ ...mail, subject: 'Quote\r\nBcc: all@d.example' }).success).toBe(false)
  expect(outgoingSchema.safeParse({ ...mail, to: [] }).success).toBe(false)
  expect(outgoingSchema.safeParse({ ...mail, to: ['a@b.example\r\nRCPT TO:<x@y.example>'] }).success).toBe(
    false,
  )
})
