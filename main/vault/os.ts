import { existsSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { type Fault, fail, fault, ok, type Result } from '../../app/model/fault.ts'
import type { Clock } from '../../app/model/ports.ts'
import { guarded } from '../../app/store/sqlite-fault.ts'
import { replaceFile } from '../atomic-file.ts'
import { endOf, type Vault } from './vault.ts'

/** What seals secrets for one user of this machine. Electron's safeStorage has this shape; plain Node has nothing like it. */
export type SecretBox = {
  isEncryptionAvailable(): boolean
  encryptString(text: string): Buffer
  /** Throws when it was sealed by another user or on another machine. */
  decryptString(sealed: Buffer): string
  /** Linux only. */
  getSelectedStorageBackend?(): string
}

const sealedSchema = z.object({ name: z.string(), setAt: z.string(), data: z.base64() })
const fileSchema = z.object({ version: z.literal(1), secrets: z.array(sealedSchema) })
type Secrets = z.infer<typeof fileSchema>['secrets']

const ownerOnly = 0o600

/**
 * Whether the box really keeps secrets. `basic_text` encrypts with a password that is in Chromium's source
 * (electronjs.org/docs/latest/api/safe-storage), so it counts as no encryption; so does `unknown`, which is the state before it chose.
 */
export function isSafeBox(box: SecretBox | null): box is SecretBox {
  if (!box?.isEncryptionAvailable()) return false
  const backend = box.getSelectedStorageBackend?.()
  return backend !== 'basic_text' && backend !== 'unknown'
}

/**
 * The vault of the desktop: secrets in vault-os.json, each sealed by the operating system for the signed-in user (DPAPI, a keyring).
 * Without a safe box nothing is stored (no-secret-store), and what is there gives secret-lost: so a service on the same folder knows
 * that there are keys which only the desktop can read.
 */
export function osVault(folder: string, clock: Clock, box: SecretBox | null): Vault {
  const path = join(folder, 'vault-os.json')
  const inFolder = <T>(work: () => T): Result<T> => guarded(folder, work)
  const write = (secrets: Secrets): void =>
    replaceFile(path, `${JSON.stringify({ version: 1, secrets }, null, 2)}\n`, ownerOnly)
  const known = (): Secrets => {
    const read = inFolder(() => readSecrets(path))
    return read.ok && read.value !== 'damaged' ? read.value : []
  }
  const lost = (name: string, raw?: string): Fault =>
    fault('secret-lost', { facts: { name, file: path }, ...(raw ? { raw } : {}) })

  const get = (name: string): Result<string | null> => {
    const read = inFolder(() => readSecrets(path))
    if (!read.ok) return read
    if (read.value === 'damaged') return fail(lost(name))
    const sealed = read.value.find((one) => one.name === name)
    if (!sealed) return ok(null)
    return isSafeBox(box) ? unseal(box, sealed.data, (raw) => lost(name, raw)) : fail(lost(name))
  }
  return {
    get,
    set: (name, secret) => {
      if (!isSafeBox(box)) return fail(fault('no-secret-store'))
      return inFolder(() => {
        const data = box.encryptString(secret).toString('base64')
        const others = secretsToChange(path, clock).filter((one) => one.name !== name)
        write([...others, { name, setAt: new Date(clock.now()).toISOString(), data }])
        return null
      })
    },
    remove: (name) =>
      inFolder(() => {
        const secrets = readSecrets(path)
        if (secrets === 'damaged' || !secrets.some((one) => one.name === name)) return null
        write(secrets.filter((one) => one.name !== name))
        return null
      }),
    describe: (name) => {
      const sealed = known().find((one) => one.name === name)
      if (!sealed) return null
      const secret = get(name)
      return { setAt: sealed.setAt, endsIn: secret.ok && secret.value !== null ? endOf(secret.value) : '' }
    },
    names: () => known().map((one) => one.name),
  }
}

function unseal(box: SecretBox, data: string, lost: (raw: string) => Fault): Result<string> {
  try {
    return ok(box.decryptString(Buffer.from(data, 'base64')))
  } catch (error) {
    // Another user, another machine or a reset keyring: the box has only throws for it.
    return fail(lost(error instanceof Error ? error.message : String(error)))
  }
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
  renameSync(path, `${path}.damaged-${new Date(clock.now()).toISOString().replace(/[-:.]/g, '')}`)
  return []
}
