import { z } from 'zod'

/**
 * Where a tenant's records go. The SQL password or client secret is not here: it lies in the vault, under a name that holds for one server
 * and one login alone (`secretScope`).
 */

const hostSchema = z
  .string()
  .trim()
  .min(1)
  .max(255)
  .regex(/^[^\s/\\@,;:'"]+$|^\[?[0-9a-f:.]+\]?$/i)
const portSchema = z.int().min(1).max(65_535)
const nameSchema = z.string().trim().min(1).max(128)
const fingerprintSchema = z
  .string()
  .trim()
  .regex(/^([0-9a-f]{2}:?){31}[0-9a-f]{2}$/i, 'A fingerprint is SHA-256: 64 hexadecimal digits.')
  .transform(normalFingerprint)

/**
 * Whom to believe to be the server. `trusted`: signed by an authority that the program trusts, for this name. `pinned`: exactly the
 * certificate with this SHA-256 fingerprint, whoever signed it. `any`: encrypted, but nobody knows with whom.
 */
export const certificateRuleSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('trusted') }),
  z.object({ kind: z.literal('pinned'), fingerprint: fingerprintSchema }),
  z.object({ kind: z.literal('any') }),
])
export type CertificateRule = z.infer<typeof certificateRuleSchema>

export const sqlLoginSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('sql'), user: nameSchema }),
  /** A Windows account; SQL Server asks the domain. */
  z.object({ kind: z.literal('ntlm'), domain: nameSchema, user: nameSchema }),
])

const serverSchema = z
  .string()
  .trim()
  .min(1)
  .max(255)
  .refine((text) => readServer(text) !== null, {
    message: 'A server is written as HOST, HOST\\INSTANCE or HOST,PORT.',
  })

export const haloTargetSchema = z.discriminatedUnion('kind', [
  /** The embedded, Halo-shaped database. */
  z.object({ kind: z.literal('sqlite'), file: z.string().min(1) }),
  z.object({
    kind: z.literal('mssql'),
    /** HOST, HOST\INSTANCE or HOST,PORT, as SQL Server's own tools take it. */
    server: serverSchema,
    database: nameSchema,
    login: sqlLoginSchema,
    certificate: certificateRuleSchema,
  }),
  z.object({
    kind: z.literal('postgres'),
    host: hostSchema,
    port: portSchema,
    database: nameSchema,
    user: nameSchema,
    /** `off`: not encrypted; for a server on this machine. */
    tls: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('off') }),
      ...certificateRuleSchema.options,
    ]),
  }),
  z.object({
    kind: z.literal('rest'),
    /** The web address of Halo: https://NAME.halopsa.com, or that of a server of one's own. */
    address: z.string().trim().min(1).max(500),
    /** The tenant's name at hosted Halos; null: none is sent. */
    tenant: z.string().trim().min(1).max(200).nullable(),
    clientId: z.string().trim().min(1).max(200),
    /** The authorisation server as Halo shows it, for one that is not on the host of `address`; absent or null: found out. */
    authAddress: z.string().trim().min(1).max(500).nullish(),
  }),
])
export type HaloTarget = z.infer<typeof haloTargetSchema>
export type HaloKind = HaloTarget['kind']
export type TargetOf<K extends HaloKind> = Extract<HaloTarget, { readonly kind: K }>

type ServerPlace = {
  readonly host: string
  /** A named instance, whose port SQL Browser tells; null: the default one. */
  readonly instance: string | null
  /** Given after a comma; null: the instance's own, or 1433. */
  readonly port: number | null
}

/** Reads HOST, HOST\INSTANCE, HOST,PORT (`tcp:` before it is allowed). Null when it is none of these. A port wins over an instance, as in the vendor's tools. */
export function readServer(text: string): ServerPlace | null {
  const found = /^(?:tcp:)?([^\s\\,;'"]+)(?:\\([^\s\\,;'"]+))?(?:,\s*(\d{1,5}))?$/i.exec(text.trim())
  if (!found?.[1]) return null
  const port = found[3] === undefined ? null : Number(found[3])
  if (port !== null && (port < 1 || port > 65_535)) return null
  // "." and "(local)" are this machine.
  const host = /^(\.|\(local\))$/.test(found[1]) ? 'localhost' : found[1]
  const instance = found[2] === undefined || /^mssqlserver$/i.test(found[2]) ? null : found[2]
  return { host, instance: port === null ? instance : null, port }
}

/** Upper case, in pairs: AB:CD:... */
export function normalFingerprint(text: string): string {
  const digits = text.replaceAll(':', '').trim().toUpperCase()
  return digits.match(/../g)?.join(':') ?? ''
}

/**
 * For whom the target's secret is: the server and the login there. A secret that was entered for one scope is never sent to another. Null: the
 * target needs none.
 */
export function secretScope(target: HaloTarget): string | null {
  switch (target.kind) {
    case 'sqlite':
      return null
    case 'mssql': {
      const { login } = target
      const user = login.kind === 'ntlm' ? `${login.domain}\\${login.user}` : login.user
      return `mssql ${target.server.trim().toLowerCase()} ${login.kind} ${user}`
    }
    case 'postgres':
      return `postgres ${target.host.toLowerCase()}:${target.port} ${target.user}`
    case 'rest':
      return [
        `rest ${target.address.trim().toLowerCase().replace(/\/+$/, '')} ${target.tenant ?? ''} ${target.clientId}`,
        // The secret goes there, so it is a place of its own.
        ...(target.authAddress ? [target.authAddress.trim().toLowerCase().replace(/\/+$/, '')] : []),
      ].join(' ')
  }
}

/** What a person calls the place: a file, a server with its database, an address. */
export function placeOfTarget(target: HaloTarget): string {
  switch (target.kind) {
    case 'sqlite':
      return target.file
    case 'mssql':
      return `${target.server}, database ${target.database}`
    case 'postgres':
      return `${target.host}:${target.port}, database ${target.database}`
    case 'rest':
      return target.address
  }
}

/** Whether it talks to whoever answers, without knowing that it is Halo's server: shown in red, and noted in the audit log. */
export function acceptsAnyCertificate(target: HaloTarget): boolean {
  if (target.kind === 'mssql') return target.certificate.kind === 'any'
  return target.kind === 'postgres' && (target.tls.kind === 'any' || target.tls.kind === 'off')
}
