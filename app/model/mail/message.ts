import { z } from 'zod'

/** A mail address as this program sends to: printable, one @, no blanks; local part at most 64, all at most 254 (RFC 5321). */
export const addressSchema = z
  .string()
  .trim()
  .max(254)
  .regex(
    /^[^\s@<>()[\]\\,;:"\p{Cc}]{1,64}@[^\s@<>()[\]\\,;:"\p{Cc}]+$/u,
    'A mail address is written as name@example.com.',
  )

/** Text that goes into one line of a mail's head. */
export const headLineSchema = z
  .string()
  .trim()
  .regex(/^[^\p{Cc}]*$/u, 'This is one line.')

const mostReceivers = 50

/** What a person sends: to whom, and what is said. `token` is made with the dialog, so that one dialog sends once. */
export const outgoingSchema = z.object({
  token: z.uuid(),
  to: z.array(addressSchema).min(1, 'It needs somebody to go to.').max(mostReceivers),
  cc: z.array(addressSchema).max(mostReceivers),
  subject: headLineSchema.min(1, 'It needs a subject.').max(400),
  text: z.string().max(50_000),
  /** Of the preview that was looked at: what goes out is what was seen, or nothing. */
  seen: z.string().max(64),
})
export type Outgoing = z.infer<typeof outgoingSchema>

/** The addresses of a line as people write them: parted by commas, semicolons, blanks or lines; "Name <a@b.c>" counts as a@b.c. Each once. */
export function addressesIn(text: string): readonly string[] {
  const bare = text.replace(/(?:"[^"]*"\s*|[^<>,;\n]*)<([^<>]*)>/g, ' $1 ')
  const seen = new Map(
    bare.split(/[\s,;]+/).flatMap((part) => (part === '' ? [] : [[part.toLowerCase(), part]])),
  )
  return [...seen.values()]
}

/** The parts of a line that are no mail address. */
export const oddAddresses = (text: string): readonly string[] =>
  addressesIn(text).filter((part) => !addressSchema.safeParse(part).success)
