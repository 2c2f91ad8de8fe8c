import { TLSSocket } from 'node:tls'
import pg from 'pg'
import { createNetwork } from '../../../../http/network.ts'
import type { TargetOf } from '../../../../model/halo-target.ts'
import type { NetworkSettings } from '../../../../model/network.ts'
import type { SeenCertificate } from '../../../ladder.ts'
import { certificateFault, seenCertificate } from '../certificate.ts'
import { Trouble } from '../trouble.ts'
import { pgTypes } from './values.ts'

export type PostgresPlan = {
  readonly target: TargetOf<'postgres'>
  readonly password: string
  readonly network: NetworkSettings
  /** Told what the server showed, before it is judged. */
  readonly onCertificate?: (seen: SeenCertificate) => void
}

/** What no statement may take longer than; a lock that another program holds is given up sooner. */
const settings = "set time zone 'UTC'; set lock_timeout = '15s'; set statement_timeout = '120s'"

/** One connection, logged in. Throws `pg`'s errors, and Trouble for a certificate that the rule does not accept. */
export async function connectPostgres(plan: PostgresPlan): Promise<pg.Client> {
  const { target, password } = plan
  const client = new pg.Client({
    ...{ host: target.host, port: target.port, database: target.database, user: target.user, password },
    ...{ connectionTimeoutMillis: 15_000, application_name: 'Commerce Integrator', keepAlive: true },
    types: pgTypes,
    ssl: sslOf(plan),
  })
  // A connection that dies while nobody asks it anything says so here; the pool's check sees it as ended.
  let lost: Error | null = null
  client.on('error', (error) => {
    lost = error
  })
  judgeCertificate(client, plan)
  try {
    await client.connect()
    await client.query(settings)
    return client
  } catch (error) {
    await client.end()
    throw lost ?? error
  }
}

/** Every handshake is let through and judged by `judgeCertificate`, so that a refusal can say whom it refused. */
function sslOf({ target, network }: PostgresPlan): pg.ClientConfig['ssl'] {
  if (target.tls.kind === 'off') return false
  const trust = createNetwork({ settings: network }).trust()
  if (!trust.ok) throw new Trouble(trust.fault)
  return { rejectUnauthorized: false, secureContext: trust.value }
}

/** The server is known at the end of the handshake; the password goes out only after the server's next word. */
function judgeCertificate(client: pg.Client, { target, onCertificate }: PostgresPlan): void {
  const { tls, host } = target
  if (tls.kind === 'off') return
  client.connection.once('sslconnect', () => {
    const socket = client.connection.stream
    if (!(socket instanceof TLSSocket)) return
    socket.once('secureConnect', () => {
      const seen = seenCertificate(socket)
      if (seen) onCertificate?.(seen)
      const trouble = certificateFault(socket, seen, tls, host)
      if (trouble) socket.destroy(new Trouble(trouble))
    })
  })
}
