import type { Exchange } from '../exchange.ts'

/** What stands in a command where a secret was: a name to be replaced by the person who runs it. */
const masked = /••• (redacted|blurred)/g
const placeholder = 'YOUR_SECRET'

type CopyKind = 'curl' | 'powershell' | 'fetch'

type Sent = Pick<Exchange, 'method' | 'url' | 'requestHeaders' | 'requestBody'>

/** The request as a command that can be run elsewhere; secrets are the placeholder `YOUR_SECRET`. A body that was cut is cut here as well. */
export function copyAs(kind: CopyKind, exchange: Sent): string {
  const request = {
    method: exchange.method,
    url: shown(exchange.url),
    headers: exchange.requestHeaders
      .filter(([name]) => !unwanted.has(name.toLowerCase()))
      .map(([name, value]) => [name, shown(value)] as const),
    body: exchange.requestBody?.text ? shown(exchange.requestBody.text) : null,
  }
  if (kind === 'curl') return asCurl(request)
  return kind === 'powershell' ? asPowerShell(request) : asFetch(request)
}

/** Set by whatever sends the request; given by hand they do harm. */
const unwanted: ReadonlySet<string> = new Set([
  'host',
  'content-length',
  'accept-encoding',
  'connection',
  'transfer-encoding',
])

const shown = (text: string): string => text.replace(masked, placeholder)

type Request = {
  readonly method: string
  readonly url: string
  readonly headers: readonly (readonly [string, string])[]
  readonly body: string | null
}

/** For a POSIX shell (bash, zsh, sh). `--compressed` since answers come packed. */
function asCurl({ method, url, headers, body }: Request): string {
  const parts = [
    `curl ${bashQuoted(url)}`,
    ...(method === 'GET' ? [] : [`-X ${bashQuoted(method)}`]),
    // "name;" is curl's way to send a header without a value.
    ...headers.map(([name, value]) => `-H ${bashQuoted(value === '' ? `${name};` : `${name}: ${value}`)}`),
    ...(body === null ? [] : [`--data-raw ${bashQuoted(body)}`]),
    '--compressed',
  ]
  return parts.join(' \\\n  ')
}

/** One word of a POSIX shell: within single quotes everything is plain but the single quote. A NUL cannot be in an argument at all. */
export function bashQuoted(text: string): string {
  return `'${text.replaceAll('\0', '').replaceAll("'", `'\\''`)}'`
}

function asPowerShell({ method, url, headers, body }: Request): string {
  // Invoke-WebRequest takes Content-Type apart from the other headers.
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1]
  const others = headers.filter(([name]) => name.toLowerCase() !== 'content-type')
  const table = others.map(([name, value]) => `  ${powerShellQuoted(name)} = ${powerShellQuoted(value)}`)
  const options = [
    `Invoke-WebRequest -UseBasicParsing -Uri ${powerShellQuoted(url)}`,
    `-Method ${powerShellQuoted(method)}`,
    ...(table.length > 0 ? [`-Headers @{\n${table.join('\n')}\n}`] : []),
    ...(type === undefined ? [] : [`-ContentType ${powerShellQuoted(type)}`]),
    ...(body === null ? [] : [`-Body ${powerShellQuoted(body)}`]),
  ]
  return options.join(' `\n')
}

/**
 * A text of PowerShell: within single quotes everything is plain but the single quote, which is doubled. PowerShell also takes typographic single quotes for
 * one (about_Quoting_Rules), so they are doubled too.
 */
export const powerShellQuoted = (text: string): string => `'${text.replace(/['‘’‚‛]/g, '$&$&')}'`

function asFetch({ method, url, headers, body }: Request): string {
  const options = {
    method,
    headers: Object.fromEntries(headers),
    ...(body === null ? {} : { body }),
  }
  return `await fetch(${JSON.stringify(url)}, ${JSON.stringify(options, null, 2)})`
}
