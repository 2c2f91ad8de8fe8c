/**
 * Makes of what Chromium says (`session.resolveProxy`, a list in the manner of proxy scripts: "PROXY a:8080; DIRECT") the address of the first
 * way that can be gone: http:// or https:// with host and port, or null for the direct way. SOCKS cannot be gone and is passed
 * over; when nothing else is named, its address comes back as it is, so that the trouble is told and not a direct way tried.
 */
export function proxyOf(answer: string): string | null {
  const ways = answer
    .split(';')
    .map((way) => way.trim().split(/\s+/))
    .filter(([kind]) => kind)
  for (const [kind = '', place = ''] of ways) {
    const scheme = { DIRECT: '', PROXY: 'http', HTTP: 'http', HTTPS: 'https' }[kind.toUpperCase()]
    if (scheme === '') return null
    if (scheme && place) return `${scheme}://${place}`
  }
  const [kind = '', place = ''] = ways[0] ?? []
  return place ? `${kind.toLowerCase()}://${place}` : null
}
