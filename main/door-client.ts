import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { textAnswer } from './api/text-answer.ts'
import { readDoorToken } from './door.ts'
import {
  answerHead,
  type DoorKey,
  doorKey,
  doorPath,
  lifeHeader,
  lifeSchema,
  seal,
  unseal,
} from './door-seal.ts'

type DoorCall = {
  readonly method: 'GET' | 'HEAD' | 'POST'
  /** With its query. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
  readonly signal?: AbortSignal
}

/** Asks the service at `origin`; its answer, or 401 when the token may not be read or is not the service's, 503 when no service of ours is there. */
export type DoorClient = (origin: string, call: DoorCall) => Promise<Response>

/** The way of our own programs into the service of a data folder. They never send the token: it only makes the key of what they seal. */
export function doorClient(folder: string): DoorClient {
  let known: { readonly origin: string; readonly key: DoorKey } | null = null
  const meet = async (origin: string, signal: AbortSignal | undefined): Promise<DoorKey | Response> => {
    const token = readDoorToken(folder)
    if (!token.ok) return notIn()
    const answer = await fetch(origin + doorPath, { redirect: 'manual', ...given(signal) })
    const told = lifeSchema.safeParse(await readJson(answer))
    return told.success ? doorKey(token.value, origin, told.data.life) : stranger()
  }
  return async (origin, call) => {
    try {
      for (const isLast of [false, true]) {
        const key = known?.origin === origin ? known.key : await meet(origin, call.signal)
        if (key instanceof Response) return key
        known = { origin, key }
        const answer = await ask(origin, key, call)
        if (answer !== 'other life') return answer
        // Started anew, or with another token: once more from the beginning.
        known = null
        if (isLast) return notIn()
      }
      return notIn()
    } catch (error) {
      // fetch says so when nobody listens; an aborted request is its asker's business.
      if (error instanceof TypeError) return notThere()
      throw error
    }
  }
}

const given = (signal: AbortSignal | undefined): { signal?: AbortSignal } => (signal ? { signal } : {})

async function ask(
  origin: string,
  key: DoorKey,
  { method, path, headers, body, signal }: DoorCall,
): Promise<Response | 'other life'> {
  const id = randomBytes(16).toString('base64url')
  const sealed = seal(key, 'request', { id, method, path, headers }, Buffer.from(body ?? ''))
  const answer = await fetch(origin + doorPath, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream', [lifeHeader]: key.life },
    body: sealed,
    redirect: 'manual',
    ...given(signal),
  })
  const bytes = new Uint8Array(await answer.arrayBuffer())
  if (answer.status === 409) return 'other life'
  const opened = unseal(key, `answer ${id}`, bytes, answerHead)
  if (opened === null) return stranger()
  const { status } = opened.head
  // Statuses that come without a body take none, not even an empty one.
  const hasBody = ![204, 205, 304].includes(status)
  return new Response(hasBody ? opened.body : null, { status, headers: opened.head.headers })
}

async function readJson(answer: Response): Promise<unknown> {
  const text = await answer.text()
  try {
    return z.json().parse(JSON.parse(text))
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

const notIn = (): Response => textAnswer(401, 'This account may not enter the service.')
const notThere = (): Response =>
  textAnswer(503, 'The service does not answer. This window tries again by itself.')
const stranger = (): Response =>
  textAnswer(503, "Another program answers at the service's address. This window tries again by itself.")
