import { z } from 'zod'
import { addressSchema, headLineSchema } from './message.ts'

/** tls: from the first byte (port 465). starttls: asked for at once, and nothing is sent where it is refused (587). none: readable on the way. */
export const mailSecurities = ['tls', 'starttls', 'none'] as const
export type MailSecurity = (typeof mailSecurities)[number]

const hostSchema = z
  .string()
  .trim()
  .min(1, 'Enter the name of the mail server.')
  .max(253)
  .regex(/^[a-z0-9_.-]+$|^[0-9a-f:.]+$/i, 'A server is written as mail.example.com, without anything else.')

/** The one mail server of the program, as a person gives it. Its password is in the vault: for this server and this user alone. */
export const mailServerInputSchema = z
  .object({
    host: hostSchema,
    port: z.int().min(1).max(65_535),
    security: z.enum(mailSecurities),
    /** A person accepted that everything can be read on the way. */
    isPlainAccepted: z.boolean(),
    /** '': the server asks for no login. */
    user: z
      .string()
      .trim()
      .max(300)
      .regex(/^[^\p{Cc}]*$/u, 'This is one line.'),
    fromName: headLineSchema.max(200),
    fromAddress: addressSchema,
    /** '': answers go to the sender. */
    replyTo: z.union([z.literal(''), addressSchema]),
    /** A copy of each mail, unseen by its receivers; '': none. */
    copyTo: z.union([z.literal(''), addressSchema]),
  })
  .superRefine(({ security, isPlainAccepted, user }, { addIssue }) => {
    if (security !== 'none') return
    if (!isPlainAccepted)
      addIssue({
        code: 'custom',
        path: ['isPlainAccepted'],
        message: 'Tick that mail may be readable on the way.',
      })
    if (user !== '')
      addIssue({
        code: 'custom',
        path: ['user'],
        message: 'Without encryption there is no login: leave the user empty.',
      })
  })
export type MailServerInput = z.infer<typeof mailServerInputSchema>

/** As it is kept. `hasPassword`: the vault holds one for this server and user. */
export const mailServerSchema = z.intersection(mailServerInputSchema, z.object({ hasPassword: z.boolean() }))
export type MailServer = z.infer<typeof mailServerSchema>

/** A password goes to the server and user that it was entered for, and nowhere else. */
export const isSameLogin = (
  a: Pick<MailServer, 'host' | 'user'>,
  b: Pick<MailServer, 'host' | 'user'>,
): boolean => a.host.toLowerCase() === b.host.toLowerCase() && a.user === b.user && a.user !== ''
