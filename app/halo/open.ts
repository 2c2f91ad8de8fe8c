import type { HttpClient } from '../http/types.ts'
import { fail, fault, type Result } from '../model/fault.ts'
import { type HaloTarget, placeOfTarget } from '../model/halo-target.ts'
import { defaultNetwork, type NetworkSettings } from '../model/network.ts'
import type { Clock } from '../model/ports.ts'
import type { Destination } from './destination.ts'
import type { CallFacts } from './rest/token.ts'
import { openServerHalo, openSqliteHalo } from './sql/open.ts'

/** What opening a Halo takes besides its target. */
export type HaloMeans = {
  readonly clock: Clock
  /** The SQL password or client secret of this target, from the vault; null or absent when there is none. Kept in memory alone. */
  readonly secret?: string | null
  /** Whom to trust and which proxy to take; default: as a new installation. */
  readonly network?: NetworkSettings
  /** What a Halo behind its REST API takes; such a target cannot be opened without it. */
  readonly rest?: RestMeans
}

export type RestMeans = {
  /** The recording client. Closing the destination does not close it. */
  readonly http: HttpClient
  readonly facts: CallFacts
  /** As the client has them, for the connection test. */
  readonly proxyPassword?: string | null
  readonly resolveProxy?: ((url: string) => Promise<string | null>) | undefined
}

/**
 * Opens the Halo that a tenant feeds. A driver is loaded with the first Halo that needs it, so that a service without one does not carry it.
 * Faults: halo-secret-missing, and those of the destination.
 */
export async function openHalo(target: HaloTarget, means: HaloMeans): Promise<Result<Destination>> {
  const { clock, secret = null, network = defaultNetwork } = means
  if (target.kind === 'sqlite') return openSqliteHalo({ file: target.file, clock })
  if (secret === null) return fail(fault('halo-secret-missing', { facts: { name: placeOfTarget(target) } }))
  if (target.kind === 'postgres') {
    const { openPostgresDialect } = await import('./sql/dialects/postgres.ts')
    return openServerHalo(await openPostgresDialect({ target, password: secret, network }))
  }
  if (target.kind === 'mssql') {
    const { openMssqlDialect } = await import('./sql/dialects/mssql.ts')
    return openServerHalo(await openMssqlDialect({ target, password: secret, network }))
  }
  if (!means.rest)
    return fail(fault('bug', { raw: 'A Halo behind its REST API was opened without a client.' }))
  const { openRestHalo } = await import('./rest/open.ts')
  return openRestHalo({ target, secret, clock, ...means.rest })
}
