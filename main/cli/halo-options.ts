import { resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { type Command, InvalidArgumentError } from 'commander'
import { fail, fault, ok, type Result } from '../../app/model/fault.ts'
import { type CertificateRule, type HaloTarget, haloTargetSchema } from '../../app/model/halo-target.ts'
import { say } from './output.ts'

/** The options that say where a Halo is. */
export type HaloOptions = {
  readonly sqlite?: string
  readonly mssql?: string
  readonly postgres?: string
  readonly rest?: string
  readonly database?: string
  readonly user?: string
  readonly domain?: string
  readonly certificate?: string
  readonly clientId?: string
  readonly haloTenant?: string
  readonly authAddress?: string
  readonly secretStdin?: boolean
}

export const withHaloOptions = (command: Command): Command =>
  command
    .option('--sqlite <file>', 'the embedded database, in this file')
    .option('--mssql <server>', 'SQL Server: HOST, HOST\\INSTANCE or HOST,PORT')
    .option('--postgres <host>', 'PostgreSQL: HOST or HOST:PORT')
    .option('--rest <address>', "Halo's REST API: https://NAME.halopsa.com")
    .option('--database <name>', "the name of Halo's database")
    .option('--user <name>', 'login name at the database')
    .option('--domain <name>', 'the login is a Windows account of this domain')
    .option(
      '--certificate <rule>',
      'whom to believe: trusted (default), a SHA-256 fingerprint, any, or off (PostgreSQL on this machine)',
    )
    .option('--client-id <id>', "client id of Halo's API application")
    .option('--halo-tenant <name>', 'the tenant name of a hosted Halo')
    .option('--auth-address <url>', "Halo's authorisation server, where it is not on Halo's own host")
    .option(
      '--secret-stdin',
      'read the password or client secret from standard input (else from COMMERCE_INTEGRATOR_HALO_SECRET)',
    )

/** The target that the options describe; null when they name none. input-invalid names the option that is wrong. */
export function targetOf(options: HaloOptions): Result<HaloTarget | null> {
  const { sqlite, mssql, postgres, rest } = options
  const named = [sqlite, mssql, postgres, rest].filter((one) => one !== undefined)
  if (named.length === 0) return ok(null)
  if (named.length > 1) return refused('halo', 'name one of --sqlite, --mssql, --postgres and --rest')
  const read = haloTargetSchema.safeParse(draftOf(options))
  if (read.success) return ok(read.data)
  const [issue] = read.error.issues
  return refused(issue?.path.join('.') || 'halo', issue?.message ?? 'cannot be read')
}

const refused = (field: string, problem: string): Result<never> =>
  fail(fault('input-invalid', { facts: { field, problem: problem.replace(/\.$/, '') } }))

function draftOf(options: HaloOptions): unknown {
  const { sqlite, mssql, postgres, rest, database, user, domain } = options
  const rule = ruleOf(options.certificate)
  // Whole, because the service that syncs later works in another folder.
  if (sqlite !== undefined) return { kind: 'sqlite', file: resolve(sqlite) }
  if (mssql !== undefined) {
    const login = domain === undefined ? { kind: 'sql', user } : { kind: 'ntlm', domain, user }
    return { kind: 'mssql', server: mssql, database, login, certificate: rule }
  }
  if (postgres !== undefined) {
    const [, host, port] = /^(.*?)(?::(\d+))?$/.exec(postgres) ?? []
    return { kind: 'postgres', host, port: Number(port ?? 5432), database, user, tls: rule }
  }
  const { haloTenant = null, authAddress = null, clientId } = options
  return { kind: 'rest', address: rest, tenant: haloTenant, clientId, authAddress }
}

function ruleOf(given = 'trusted'): CertificateRule | { readonly kind: 'off' } {
  if (given === 'trusted' || given === 'any' || given === 'off') return { kind: given }
  return { kind: 'pinned', fingerprint: given }
}

/** For `tenant add --halo`, in one word. */
export function sqliteTarget(given: string): HaloTarget {
  const found = /^sqlite:(.+)$/.exec(given)
  if (!found?.[1])
    throw new InvalidArgumentError('Write it as sqlite:FILE; for another Halo, use "tenant halo".')
  return { kind: 'sqlite', file: resolve(found[1]) }
}

/** Never an argument: other users of the machine could read it in the process list. Undefined: none was given. */
export async function readHaloSecret(options: HaloOptions): Promise<string | undefined> {
  if (!options.secretStdin) return process.env.COMMERCE_INTEGRATOR_HALO_SECRET || undefined
  if (process.stdin.isTTY)
    say.aside('Type the password or client secret, then press Enter and Ctrl+D (Ctrl+Z on Windows):')
  // The line's end is the terminal's; a space may be the password's.
  return (await text(process.stdin)).replace(/\r?\n$/, '') || undefined
}
