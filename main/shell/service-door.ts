import type { Handler } from '../api/handler.ts'
import { textAnswer } from '../api/text-answer.ts'
import { readDoorToken } from '../door.ts'
import { folderOwner } from '../lock.ts'

/** Nothing but this machine, whatever owner.json says: the token goes there. */
const loopback = /^http:\/\/127\.0\.0\.1:\d{1,5}$/

/** Where the service of a data folder is served; null when it says nothing or something that is not this machine. */
export function serviceOrigin(folder: string): string | null {
  const address = folderOwner(folder)?.address
  return address !== undefined && loopback.test(address) ? address : null
}

/**
 * The handler of a desktop that is the window of a running service: each request goes on to the service, whose answer (headers and policy
 * included) comes back. It signs in by itself with the token of the data folder, again after a restart of the service, so the page never
 * sees a token. A service that does not answer is a 503.
 */
export function serviceHandler(folder: string): Handler {
  let entered: { readonly origin: string; readonly cookie: string } | null = null
  const enter = async (origin: string): Promise<string | null> => {
    const token = readDoorToken(folder)
    if (!token.ok) return null
    const answer = await fetch(`${origin}/?token=${token.value}`, { redirect: 'manual' })
    return answer.headers.getSetCookie()[0]?.split(';')[0] ?? null
  }
  const ask = async (request: Request, body: string | null, origin: string): Promise<Response> => {
    const cookie = entered?.origin === origin ? entered.cookie : await enter(origin)
    if (cookie === null) return textAnswer(401, 'This account may not enter the service.')
    entered = { origin, cookie }
    const { pathname, search } = new URL(request.url)
    const headers = new Headers({ cookie, origin })
    for (const name of ['accept', 'content-type', 'trpc-accept']) {
      const value = request.headers.get(name)
      if (value !== null) headers.set(name, value)
    }
    return fetch(origin + pathname + search, {
      method: request.method,
      headers,
      body,
      redirect: 'manual',
      signal: request.signal,
    })
  }
  return async (request) => {
    const origin = serviceOrigin(folder)
    if (origin === null) return notThere()
    const body = request.method === 'POST' ? await request.text() : null
    try {
      const answer = await ask(request, body, origin)
      if (answer.status !== 401 || entered === null) return answer
      // A new token: enter anew, once.
      entered = null
      return await ask(request, body, origin)
    } catch (error) {
      // fetch says so when nobody listens; an aborted request is its asker's business.
      if (error instanceof TypeError) return notThere()
      throw error
    }
  }
}

const notThere = (): Response =>
  textAnswer(503, 'The service does not answer. This window tries again by itself.')
