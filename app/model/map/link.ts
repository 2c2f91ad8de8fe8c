import { limits } from './limits.ts'

/** What a link template may name. `code`: a quote's own code, a customer's account number, a product's number; `quoteNumber` serves orders, too. */
export type LinkValues = {
  readonly base: string
  readonly id: number
  readonly code: string
  readonly quoteNumber: string
}

export const linkPlaceholders = ['base', 'id', 'code', 'quoteNumber'] as const

const secure = /^https:\/\/[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?(?:[/?#][^\s<>"\\^`{|}]*)?$/i
const local = /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?(?:[/?#][^\s<>"\\^`{|}]*)?$/i

/** True for an https address (no user name in it), and for plain http on this very computer. */
export const isLinkAllowed = (link: string): boolean => secure.test(link) || local.test(link)

/**
 * Fills a template such as "{base}/quotes/{id}". Values are percent-encoded, the base goes in as it is without its last slash. '' when the
 * result is no allowed address, is longer than Halo's column, or the template names something unknown: no link is better than a wrong one.
 */
export function fillLink(template: string, values: LinkValues): string {
  const link = fillTemplate(template, values)
  return link.length <= limits.link && isLinkAllowed(link) ? link : ''
}

/** The filled template, whatever it is. Unknown placeholders stay, and make it no address. */
export function fillTemplate(template: string, values: LinkValues): string {
  const base = values.base.trim().replace(/\/+$/, '')
  return template.trim().replace(/\{(\w+)\}/g, (whole, name: string) => {
    if (name === 'base') return base
    if (name === 'id') return String(values.id)
    if (name === 'code' || name === 'quoteNumber') return encodeURIComponent(values[name].toWellFormed())
    return whole
  })
}

/** The host that an allowed link leads to, in lower case, with its port unless that is the usual one; '' when it is no address. */
export function hostOfLink(link: string): string {
  const found = /^(https?):\/\/(\[[0-9a-f:]+\]|[a-z0-9.-]+)(:\d{1,5})?(?:[/?#]|$)/i.exec(link.trim())
  if (!found) return ''
  const [, scheme = '', name = '', port = ''] = found
  const isUsual = port === (scheme.toLowerCase() === 'https' ? ':443' : ':80')
  return (isUsual ? name : name + port).toLowerCase()
}

/** Whether a text is the name of a host (with a port or without) and nothing else. */
export const isHostName = (text: string): boolean =>
  /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?$/i.test(text)
