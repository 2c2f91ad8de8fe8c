import { limits } from './map/limits.ts'
import { fillTemplate, hostOfLink, isHostName, isLinkAllowed, linkPlaceholders } from './map/link.ts'
import type { Interpretation } from './mapping.ts'
import type { MappingProblem } from './mapping-checks.ts'

/** The link templates of a tenant, by their names in its mapping. */
export const linkNames = ['quoteLink', 'raiseQuoteLink', 'customerLink', 'orderLink', 'productLink'] as const
export type LinkName = (typeof linkNames)[number]

/** Problems of a tenant's link templates and of the hosts they may lead to besides its own. */
export function checkLinks(links: Interpretation, instanceUrl: string): MappingProblem[] {
  const hosts = [hostOfLink(instanceUrl), ...links.linkHosts.map((host) => host.toLowerCase())]
  return [
    ...links.linkHosts.flatMap((host, index) =>
      isHostName(host)
        ? []
        : [problem(`linkHosts.${index}`, `"${host}" is no name of a host such as quotes.example.com.`)],
    ),
    ...checkHaloAddress(links.haloAddress ?? ''),
    ...linkNames.flatMap((name) => checkLink(name, links[name], instanceUrl, hosts)),
  ]
}

const problem = (name: string, text: string): MappingProblem => ({
  path: `interpretation.${name}`,
  level: 'error',
  code: 'link',
  text,
})

/** An empty one means that Halo's pages are not opened from here. */
function checkHaloAddress(address: string): MappingProblem[] {
  const text = address.trim()
  if (text === '' || (isLinkAllowed(text) && !/[?#]/.test(text))) return []
  return [problem('haloAddress', 'The address must start with https://, such as https://halo.example.com.')]
}

/** An empty template means "no link" and is fine. */
function checkLink(
  name: LinkName,
  template: string,
  instanceUrl: string,
  hosts: readonly string[],
): MappingProblem[] {
  if (template.trim() === '') return []
  const named = [...template.matchAll(/\{([^{}]*)\}/g)].map((found) => found[1] ?? '')
  const unknown = named.find((one) => !linkPlaceholders.some((known) => known === one))
  if (unknown !== undefined) {
    const known = linkPlaceholders.map((one) => `{${one}}`).join(' ')
    return [problem(name, `{${unknown}} is not known here. What can be used: ${known}.`)]
  }
  const example = { base: instanceUrl, id: 2_147_483_647, code: 'EXAMPLE', quoteNumber: 'EXAMPLE' }
  const link = fillTemplate(template, example)
  if (!isLinkAllowed(link)) {
    const text = 'The link must be an https address (start it with {base} or https://), without blanks.'
    return [problem(name, text)]
  }
  const host = hostOfLink(link)
  if (!hosts.includes(host)) {
    return [
      problem(name, `This leads to ${host}, which is neither the tenant's own host nor one allowed below.`),
    ]
  }
  const tooLong = `The link would be longer than the ${limits.link} characters that Halo keeps.`
  return link.length <= limits.link ? [] : [problem(name, tooLong)]
}
