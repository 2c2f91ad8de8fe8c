import { BlockList, isIP } from 'node:net'

/**
 * Whether an address is reached without the proxy. Entries: `*`, `name` (and, as curl does, what ends in `.name`), `.suffix`, `*.suffix`, `192.168.*`,
 * `10.0.0.0/8`, any of them with `:port`, `<local>` for names without a dot (Windows).
 */
export function isBypassed(url: URL, entries: readonly string[]): boolean {
  const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase()
  const port = url.port || (url.protocol === 'https:' ? '443' : '80')
  return entries.some((entry) => matches(entry.trim().toLowerCase(), host, port))
}

function matches(entry: string, host: string, port: string): boolean {
  if (!entry) return false
  if (entry === '<local>') return !host.includes('.') && !host.includes(':')
  if (entry.includes('/')) return isInNetwork(host, entry)
  const parts = /^(\[[0-9a-f:.]+\]|[^:]+|[0-9a-f:.]+)(?::(\d+))?$/.exec(entry)
  if (!parts?.[1] || (parts[2] && parts[2] !== port)) return false
  const name = parts[1].replace(/^\[|\]$/g, '')
  if (name === '*') return true
  if (isIP(name)) return name === host
  if (name.includes('*')) return wildcard(name).test(host)
  const bare = name.replace(/^\./, '')
  return host === bare || host.endsWith(`.${bare}`)
}

function wildcard(name: string): RegExp {
  const escaped = name.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${escaped.join('.*')}$`)
}

function isInNetwork(host: string, entry: string): boolean {
  const [network = '', bits = ''] = entry.split('/')
  const kind = isIP(network)
  const prefix = Number(bits)
  if (kind === 0 || isIP(host) !== kind || !/^\d+$/.test(bits) || prefix > (kind === 4 ? 32 : 128))
    return false
  const list = new BlockList()
  list.addSubnet(network, prefix, kind === 4 ? 'ipv4' : 'ipv6')
  return list.check(host, kind === 4 ? 'ipv4' : 'ipv6')
}
