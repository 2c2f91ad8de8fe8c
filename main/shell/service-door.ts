import type { Handler } from '../api/handler.ts'
import { textAnswer } from '../api/text-answer.ts'
import { doorClient } from '../door-client.ts'
import { folderOwner } from '../lock.ts'

/** Nothing but this machine, whatever owner.json says. */
const loopback = /^http:\/\/127\.0\.0\.1:\d{1,5}$/

/** Where the service of a data folder is served; null when it says nothing or something that is not this machine. */
export function serviceOrigin(folder: string): string | null {
  const address = folderOwner(folder)?.address
  return address !== undefined && loopback.test(address) ? address : null
}

/**
 * The handler of a desktop that is the window of a running service: each request goes on to the service, sealed, and its answer (headers
 * and policy included) comes back; after a restart of the service, too. The page never sees a token, nor does whoever else may answer at
 * the service's address. A service that does not answer is a 503.
 */
export function serviceHandler(folder: string): Handler {
  const client = doorClient(folder)
  return async (request) => {
    const origin = serviceOrigin(folder)
    if (origin === null)
      return textAnswer(503, 'The service does not answer. This window tries again by itself.')
    const { pathname, search } = new URL(request.url)
    const headers: Record<string, string> = {}
    for (const name of ['accept', 'content-type', 'trpc-accept']) {
      const value = request.headers.get(name)
      if (value !== null) headers[name] = value
    }
    return client(origin, {
      method: request.method === 'POST' ? 'POST' : request.method === 'HEAD' ? 'HEAD' : 'GET',
      path: pathname + search,
      headers,
      body: request.method === 'POST' ? await request.text() : null,
      signal: request.signal,
    })
  }
}
