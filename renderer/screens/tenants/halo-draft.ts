import type { Fault } from '../../../app/model/fault.ts'
import { explain } from '../../../app/model/fault-words.ts'
import {
  type CertificateRule,
  type HaloKind,
  type HaloTarget,
  haloTargetSchema,
  readServer,
  secretScope,
} from '../../../app/model/halo-target.ts'

/** Where a tenant's Halo is, as a form holds it: the fields of all kinds at once, so that changing the kind loses nothing typed. */
export type HaloDraft = {
  readonly kind: HaloKind
  readonly file: string
  readonly server: string
  readonly host: string
  readonly port: string
  readonly database: string
  readonly loginKind: 'sql' | 'ntlm'
  readonly domain: string
  readonly user: string
  readonly certificate: CertificateRule['kind'] | 'off'
  readonly fingerprint: string
  readonly address: string
  readonly haloTenant: string
  readonly clientId: string
  readonly authAddress: string
  /** The password or client secret, when a new one was typed. */
  readonly secret: string
}

const blank: HaloDraft = {
  kind: 'sqlite',
  file: '',
  server: '',
  host: '',
  port: '5432',
  database: '',
  loginKind: 'sql',
  domain: '',
  user: '',
  certificate: 'trusted',
  fingerprint: '',
  address: '',
  haloTenant: '',
  clientId: '',
  authAddress: '',
  secret: '',
}

export function draftOfTarget(target: HaloTarget): HaloDraft {
  switch (target.kind) {
    case 'sqlite':
      return { ...blank, kind: 'sqlite', file: target.file }
    case 'mssql': {
      const { server, database, login } = target
      const account =
        login.kind === 'ntlm' ? { domain: login.domain, user: login.user } : { user: login.user }
      return {
        ...blank,
        kind: 'mssql',
        server,
        database,
        loginKind: login.kind,
        ...account,
        ...ruleOf(target.certificate),
      }
    }
    case 'postgres': {
      const { host, port, database, user, tls } = target
      return { ...blank, kind: 'postgres', host, port: String(port), database, user, ...ruleOf(tls) }
    }
    case 'rest':
      return {
        ...blank,
        kind: 'rest',
        address: target.address,
        haloTenant: target.tenant ?? '',
        clientId: target.clientId,
        authAddress: target.authAddress ?? '',
      }
  }
}

const ruleOf = (rule: CertificateRule | { readonly kind: 'off' }) => ({
  certificate: rule.kind,
  fingerprint: rule.kind === 'pinned' ? rule.fingerprint : '',
})

/** The target as it is typed; it may still be wrong (wrongInTarget). */
export function targetOf(draft: HaloDraft): HaloTarget {
  const { kind, database, user } = draft
  const certificate: CertificateRule =
    draft.certificate === 'pinned'
      ? { kind: 'pinned', fingerprint: draft.fingerprint.trim() }
      : { kind: draft.certificate === 'any' ? 'any' : 'trusted' }
  if (kind === 'sqlite') return { kind, file: draft.file.trim() }
  if (kind === 'mssql') {
    const login =
      draft.loginKind === 'ntlm'
        ? { kind: draft.loginKind, domain: draft.domain.trim(), user: user.trim() }
        : { kind: draft.loginKind, user: user.trim() }
    return { kind, server: draft.server.trim(), database: database.trim(), login, certificate }
  }
  if (kind === 'postgres') {
    const tls = draft.certificate === 'off' ? { kind: 'off' as const } : certificate
    const where = { host: draft.host.trim(), port: Number(draft.port) }
    return { kind, ...where, database: database.trim(), user: user.trim(), tls }
  }
  return {
    kind,
    address: draft.address.trim(),
    tenant: draft.haloTenant.trim() || null,
    clientId: draft.clientId.trim(),
    authAddress: draft.authAddress.trim() || null,
  }
}

export type WrongHalo = Partial<Record<keyof HaloDraft, string>>

/** Which field of the form a path of the target's schema is. */
const fieldOfPath: Readonly<Record<string, keyof HaloDraft>> = {
  file: 'file',
  server: 'server',
  host: 'host',
  port: 'port',
  database: 'database',
  'login.domain': 'domain',
  'login.user': 'user',
  user: 'user',
  'certificate.fingerprint': 'fingerprint',
  'tls.fingerprint': 'fingerprint',
  address: 'address',
  tenant: 'haloTenant',
  clientId: 'clientId',
  authAddress: 'authAddress',
  secret: 'secret',
  haloSecret: 'secret',
}

const empty: WrongHalo = {
  file: 'Enter the path of a file on this machine.',
  server: 'Enter the server: HOST, HOST\\INSTANCE or HOST,PORT.',
  host: 'Enter the name or address of the server.',
  port: 'A port is a whole number from 1 to 65535.',
  database: 'Enter the name of the database.',
  domain: 'Enter the Windows domain.',
  user: 'Enter the user name.',
  fingerprint: 'Paste the SHA-256 fingerprint: 64 hexadecimal digits.',
  address: 'Enter the web address of Halo, which starts with https://',
  clientId: 'Enter the client id of the API application in Halo.',
}

/** What is wrong, in words, field by field. `storedFor`: the target whose secret is stored, so that it need not be typed again. */
export function wrongInTarget(draft: HaloDraft, storedFor: HaloTarget | null): WrongHalo {
  const target = targetOf(draft)
  const read = haloTargetSchema.safeParse(target)
  const wrong: WrongHalo = {}
  for (const { path, message } of read.success ? [] : read.error.issues) {
    const field = fieldOfPath[path.join('.')]
    if (field) wrong[field] ??= empty[field] ?? message
  }
  if (draft.kind === 'mssql' && readServer(draft.server) === null && empty.server) wrong.server = empty.server
  if (draft.kind === 'rest') {
    const odd = (text: string) => !(URL.canParse(text) && /^https?:$/.test(new URL(text).protocol))
    if (odd(draft.address.trim()) && empty.address) wrong.address = empty.address
    if (draft.authAddress.trim() !== '' && odd(draft.authAddress.trim()))
      wrong.authAddress = 'This is no web address. It starts with https://'
  }
  const scope = secretScope(target)
  const isStored = storedFor !== null && secretScope(storedFor) === scope
  if (scope !== null && draft.secret === '' && !isStored)
    wrong.secret = draft.kind === 'rest' ? 'Enter the client secret.' : 'Enter the password.'
  return wrong
}

/** What the engine refused, at the field that it is about; null when it is about none of this form's. */
export function refusedAtTarget(fault: Fault): WrongHalo | null {
  const named = String(fault.facts?.field ?? '').replace(/^(patch\.|tenant\.)?(halo|target)\./, '')
  const field = fieldOfPath[named]
  if (!field) return null
  const words = explain(fault)
  return { [field]: `${words.what} ${words.doNow}` }
}
