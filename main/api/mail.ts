import { z } from 'zod'
import { logoLimitBytes } from '../../app/model/mail/logo.ts'
import { addressSchema, outgoingSchema } from '../../app/model/mail/message.ts'
import { mailServerInputSchema } from '../../app/model/mail/server.ts'
import { templateSchema } from '../../app/model/mail/template.ts'
import { call, idSchema, router } from './trpc.ts'

const passwordSchema = z.string().min(1).max(500).nullable().exactOptional()
const ofTenant = z.object({ tenantId: idSchema })
const ofQuote = z.object({ tenantId: idSchema, quoteId: z.int() })
/** A third longer than the picture itself. */
const logoSchema = z.base64().max(Math.ceil(logoLimitBytes / 3) * 4)

/** Sending quotes by mail. The password of the mail server goes in and never comes out; null forgets it, absent leaves it. */
export const mailRouter = router({
  server: call.query(({ ctx }) => ctx.engine.mail.server()),
  setServer: call
    .input(z.object({ server: mailServerInputSchema, password: passwordSchema }))
    .mutation(({ ctx, input }) => ctx.engine.mail.setServer(input.server, input.password)),
  forgetServer: call.mutation(({ ctx }) => ctx.engine.mail.forgetServer()),
  test: call
    .input(z.object({ server: mailServerInputSchema, password: passwordSchema, to: addressSchema }))
    .mutation(({ ctx, input }) => ctx.engine.mail.test(input.server, input.to, input.password)),
  template: call.input(ofTenant).query(({ ctx, input }) => ctx.engine.mail.template(input.tenantId)),
  setTemplate: call
    .input(ofTenant.extend({ template: templateSchema }))
    .mutation(({ ctx, input }) => ctx.engine.mail.setTemplate(input.tenantId, input.template)),
  /** null: none any more. */
  setLogo: call
    .input(ofTenant.extend({ data: logoSchema.nullable() }))
    .mutation(({ ctx, input }) =>
      ctx.engine.mail.setLogo(input.tenantId, input.data === null ? null : Buffer.from(input.data, 'base64')),
    ),
  draft: call.input(ofQuote).query(({ ctx, input }) => ctx.engine.mail.draft(input.tenantId, input.quoteId)),
  /** It changes nothing: it is posted because a template fits into no address. */
  preview: call
    .input(ofQuote.extend({ template: templateSchema.exactOptional() }))
    .mutation(({ ctx, input }) => ctx.engine.mail.preview(input.tenantId, input.quoteId, input.template)),
  send: call
    .input(ofQuote.extend({ mail: outgoingSchema }))
    .mutation(({ ctx, input }) => ctx.engine.mail.send(input.tenantId, input.quoteId, input.mail)),
  sent: call.input(ofQuote).query(({ ctx, input }) => ctx.engine.mail.sent(input.tenantId, input.quoteId)),
})
