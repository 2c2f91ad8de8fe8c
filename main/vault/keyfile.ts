import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { chmodSync, existsSync, readFileSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { type Fault, fail, fault, ok, type Result } from '../../app/model/fault.ts'
import type { Clock } from '../../app/model/ports.ts'
import { guarded } from '../../app/store/sqlite-fault.ts'
import { replaceFile } from '../atomic-file.ts'
import { endOf, type Vault } from './vault.ts'

const sealedSchema = z.object({
  name: z.string(),
  setAt: z.string(),
  /** Which key it was sealed with: a beginning of the key's SHA-256. */
  keyId: z.string(),
  nonce: z.base64(),
  tag: z.base64(),
  data: z.base64(),
})
type Sealed = z.infer<typeof sealedSchema>
const fileSchema = z.object({ version: z.literal(1), secrets: z.array(sealedSchema) })
type Secrets = readonly Sealed[]

const cipher = 'aes-256-gcm'
const keyBytes = 32
/** 96 bits, as NIST SP 800-38D §8.2 recommends for GCM; random, each used once. */
const nonceBytes = 12
const ownerOnly = 0o600

/**
 * The vault of the service (the operating system's own is per user): secrets sealed with AES-256-GCM in vault.json, under a random key in
 * vault.key that only the account of the service can read. Each secret has its own nonce, and its name is authenticated with it, so that
 * sealed texts cannot be swapped. `protectKey` is told of a new key file, to close it where permission bits do not. A lost or wrong key gives secret-lost; nothing is thrown away, so that putting the right key back helps.
 */
export function keyfileVault(
  folder: string,
  clock: Clock,
  protectKey: (path: string) => void = () => undefined,
): Vault {
  const files = { key: join(folder, 'vault.key'), secrets: join(folder, 'vault.json') }
  const lost = (name: string): Fault => fault('secret-lost', { facts: { name, file: files.key } })
  const write = (secrets: Secrets): void =>
    replaceFile(files.secrets, `${JSON.stringify({ version: 1, secrets }, null, 2)}\n`, ownerOnly)
  const inFolder = <T>(work: () => T): Result<T> => guarded(folder, work)

  const get = (name: string): Result<string | null> => {
    const read = inFolder(() => ({ secrets: readSecrets(files.secrets), key: readKey(files.key) }))
    if (!read.ok) return read
    const { secrets, key } = read.value
    if (secrets === 'damaged') return fail(lost(name))
    const sealed = secrets.find((one) => one.name === name)
    if (!sealed) return ok(null)
    const secret = key ? unseal(key, sealed) : null
    return secret === null ? fail(lost(name)) : ok(secret)
  }
  return {
    get,
    set: (name, secret) =>
      inFolder(() => {
        const key = readKey(files.key) ?? makeKey(files.key, clock, protectKey)
        const setAt = new Date(clock.now()).toISOString()
        write([...without(secretsToChange(files.secrets, clock), name), seal(key, name, secret, setAt)])
        return null
      }),
    remove: (name) =>
      inFolder(() => {
        const secrets = readSecrets(files.secrets)
        if (secrets !== 'damaged' && secrets.length > 0) write(without(secrets, name))
        return null
      }),
    describe: (name) => {
      const read = inFolder(() => readSecrets(files.secrets))
      const secrets = read.ok && read.value !== 'damaged' ? read.value : []
      const sealed = secrets.find((one) => one.name === name)
      if (!sealed) return null
      const secret = get(name)
      return { setAt: sealed.setAt, endsIn: secret.ok && secret.value !== null ? endOf(secret.value) : '' }
    },
    names: () => {
      const read = inFolder(() => readSecrets(files.secrets))
      return read.ok && read.value !== 'damaged' ? read.value.map((one) => one.name) : []
    },
  }
}

const without = (secrets: Secrets, name: string): Secrets => secrets.filter((one) => one.name !== name)

const keyIdOf = (key: Buffer): string => createHash('sha256').update(key).digest('hex').slice(0, 12)

function seal(key: Buffer, name: string, secret: string, setAt: string): Sealed {
  const nonce = randomBytes(nonceBytes)
  const sealing = createCipheriv(cipher, key, nonce)
  sealing.setAAD(Buffer.from(name, 'utf8'))
  const data = Buffer.concat([sealing.update(secret, 'utf8'), sealing.final()])
  return {
    name,
    setAt,
    keyId: keyIdOf(key),
    nonce: nonce.toString('base64'),
    tag: sealing.getAuthTag().toString('base64'),
    data: data.toString('base64'),
  }
}

/** Null when it was sealed with another key, for another name, or was tampered with. */
function unseal(key: Buffer, sealed: Sealed): string | null {
  const nonce = Buffer.from(sealed.nonce, 'base64')
  const tag = Buffer.from(sealed.tag, 'base64')
  if (sealed.keyId !== keyIdOf(key) || nonce.length !== nonceBytes || tag.length !== 16) return null
  const opening = createDecipheriv(cipher, key, nonce, { authTagLength: 16 })
  opening.setAAD(Buffer.from(sealed.name, 'utf8'))
  opening.setAuthTag(tag)
  const opened = opening.update(Buffer.from(sealed.data, 'base64'))
  try {
    return Buffer.concat([opened, opening.final()]).toString('utf8')
  } catch {
    // final() throws for one reason: the tag does not fit, which is what null says.
    return null
  }
}

/** Null when the file is absent or holds no key. A key that others could read is closed to them first. */
function readKey(path: string): Buffer | null {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found) return null
  if (process.platform !== 'win32' && (found.mode & 0o077) !== 0) chmodSync(path, ownerOnly)
  const key = Buffer.from(readFileSync(path, 'utf8').trim(), 'base64')
  return key.length === keyBytes ? key : null
}

function makeKey(path: string, clock: Clock, protectKey: (path: string) => void): Buffer {
  setAside(path, clock)
  const key = randomBytes(keyBytes)
  replaceFile(path, `${key.toString('base64')}\n`, ownerOnly)
  protectKey(path)
  return key
}

function readSecrets(path: string): Secrets | 'damaged' {
  if (!existsSync(path)) return []
  try {
    return fileSchema.parse(JSON.parse(readFileSync(path, 'utf8'))).secrets
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return 'damaged'
    throw error
  }
}

/** What a new secret is added to. A damaged file is kept beside it for whoever can mend it. */
function secretsToChange(path: string, clock: Clock): Secrets {
  const secrets = readSecrets(path)
  if (secrets !== 'damaged') return secrets
  setAside(path, clock)
  return []
}

function setAside(path: string, clock: Clock): void {
  if (!existsSync(path)) return
  renameSync(path, `${path}.damaged-${new Date(clock.now()).toISOString().replace(/[-:.]/g, '')}`)
}
