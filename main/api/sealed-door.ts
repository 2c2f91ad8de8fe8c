import {
  type DoorKey,
  doorKey,
  doorPath,
  lifeHeader,
  newLife,
  type RequestHead,
  requestHead,
  seal,
  unseal,
} from '../door-seal.ts'
import type { Handler } from './handler.ts'
import { textAnswer } from './text-answer.ts'

export type SealedDoor = {
  /** Whether a request is for this door. */
  isFor(url: string): boolean
  /** `body`: what was posted; null for a GET, which is told the life. Never refuses with more words than a stranger may read. */
  answer(body: Uint8Array | null, life: string | undefined, signal: AbortSignal): Promise<Response>
}

/** The door of our own programs (main/door-client.ts): they seal with the token what they ask, and what is answered comes back sealed. */
export function sealedDoor(token: string, origin: string, handler: Handler): SealedDoor {
  const key = doorKey(token, origin, newLife())
  return {
    isFor: (url) => url === doorPath,
    answer: async (body, life, signal) => {
      if (body === null)
        return Response.json({ life: key.life }, { headers: { 'cache-control': 'no-store' } })
      const asked = life === key.life ? unseal(key, 'request', body, requestHead) : null
      // Sealed for an earlier start of this service, or by somebody who does not know the token.
      if (asked === null) return textAnswer(409, 'This was not sealed for this service.')
      const request = requestOf(origin, asked.head, asked.body, signal)
      return sealedAnswer(key, asked.head.id, await handler(request))
    },
  }
}

const requestOf = (
  origin: string,
  { method, path, headers }: RequestHead,
  body: Uint8Array<ArrayBuffer>,
  signal: AbortSignal,
): Request => new Request(origin + path, { method, headers, signal, ...(method === 'POST' ? { body } : {}) })

async function sealedAnswer(key: DoorKey, id: string, answer: Response): Promise<Response> {
  const head = { status: answer.status, headers: Object.fromEntries(answer.headers) }
  const sealed = seal(key, `answer ${id}`, head, new Uint8Array(await answer.arrayBuffer()))
  return new Response(sealed, {
    headers: {
      'content-type': 'application/octet-stream',
      'cache-control': 'no-store',
      [lifeHeader]: key.life,
    },
  })
}
