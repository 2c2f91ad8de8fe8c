import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import { z } from 'zod'

/**
 * How our own programs speak to a running service: sealed, both ways, under a key that only who can read the token of the door can
 * compute (docs/decisions/070). So neither token nor cookie nor a typed-in key reaches a stranger who took the port of a dead service, and
 * nothing that he answers is taken for the service's.
 */
export const doorPath = '/door'
/** Names the life (one start of the service) for which a request was sealed. */
export const lifeHeader = 'x-door-life'

export const lifeSchema = z.object({ life: z.string().regex(/^[\w-]{22,64}$/) })
export const newLife = (): string => randomBytes(18).toString('base64url')

export const requestHead = z.object({
  /** Binds the answer to this very request. */
  id: z.string().min(16),
  method: z.enum(['GET', 'HEAD', 'POST']),
  path: z.string().startsWith('/'),
  headers: z.record(z.string(), z.string()),
})
export type RequestHead = z.infer<typeof requestHead>

export const answerHead = z.object({
  status: z.int().min(200).max(599),
  headers: z.record(z.string(), z.string()),
})
type AnswerHead = z.infer<typeof answerHead>

export type DoorKey = { readonly bytes: Buffer; readonly life: string }

/** The key of one life of the service at one origin: what was sealed for another port or before a restart opens nowhere. */
export const doorKey = (token: string, origin: string, life: string): DoorKey => ({
  bytes: createHmac('sha256', token).update(`sealed door\n${origin}\n${life}`).digest(),
  life,
})

const cipher = 'aes-256-gcm'
const ivBytes = 12
const tagBytes = 16

/** Head and body as one sealed message. `purpose` says what it is ("request", "answer" to an id): as another thing it does not open. */
export function seal(
  key: DoorKey,
  purpose: string,
  head: RequestHead | AnswerHead,
  body: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const iv = randomBytes(ivBytes)
  const sealing = createCipheriv(cipher, key.bytes, iv).setAAD(Buffer.from(purpose))
  const text = Buffer.from(JSON.stringify(head))
  const size = Buffer.alloc(4)
  size.writeUInt32BE(text.length)
  const parts = [iv, sealing.update(size), sealing.update(text), sealing.update(body), sealing.final()]
  return new Uint8Array(Buffer.concat([...parts, sealing.getAuthTag()]))
}

/** What was sealed; null when it was sealed with another key or for another purpose, was changed, or makes no sense. */
export function unseal<Head>(
  key: DoorKey,
  purpose: string,
  sealed: Uint8Array,
  schema: z.ZodType<Head>,
): { readonly head: Head; readonly body: Uint8Array<ArrayBuffer> } | null {
  const plain = opened(key, purpose, Buffer.from(sealed))
  if (plain === null || plain.length < 4) return null
  const end = 4 + plain.readUInt32BE()
  if (end > plain.length) return null
  const head = schema.safeParse(JSON.parse(plain.toString('utf8', 4, end)))
  return head.success ? { head: head.data, body: new Uint8Array(plain.subarray(end)) } : null
}

function opened(key: DoorKey, purpose: string, sealed: Buffer): Buffer | null {
  if (sealed.length < ivBytes + tagBytes) return null
  const iv = sealed.subarray(0, ivBytes)
  const opening = createDecipheriv(cipher, key.bytes, iv, { authTagLength: tagBytes })
    .setAAD(Buffer.from(purpose))
    .setAuthTag(sealed.subarray(-tagBytes))
  const plain = opening.update(sealed.subarray(ivBytes, -tagBytes))
  try {
    return Buffer.concat([plain, opening.final()])
  } catch {
    // GCM says that the tag does not fit by throwing; there is no other way to ask. Of the text nothing is used.
    return null
  }
}
