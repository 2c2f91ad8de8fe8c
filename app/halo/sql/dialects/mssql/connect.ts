import { Connection, type ConnectionConfiguration } from 'tedious'
import { authoritiesOf } from '../../../../http/network.ts'
import { readServer, type TargetOf } from '../../../../model/halo-target.ts'
import type { NetworkSettings } from '../../../../model/network.ts'
import type { SeenCertificate } from '../../../ladder.ts'
import { certificateFault, seenCertificate } from '../certificate.ts'
import { Trouble } from '../trouble.ts'
import { findInstance } from './browser.ts'
import { type MssqlPlace, serverFault } from './fault.ts'
import { runBatch } from './request.ts'

export type MssqlPlan = {
  readonly target: TargetOf<'mssql'>
  readonly password: string
  readonly network: NetworkSettings
  /** Told what the server showed, before it is judged. */
  readonly onCertificate?: (seen: SeenCertificate) => void
  /** The longest that one statement may take, in milliseconds. Default 120,000. */
  readonly requestMs?: number
}

/** Everything that must hold whatever a database or login has as its own. Halo's own users come first where two meet. */
export const sessionSettings = [
  'SET LOCK_TIMEOUT 15000',
  'SET DEADLOCK_PRIORITY LOW',
  'SET DATEFIRST 1',
  'SET NOCOUNT OFF',
].join('; ')

/** What faults say of a target. */
export function placeOf({ server, database, login }: TargetOf<'mssql'>): MssqlPlace {
  const place = readServer(server)
  const user = login.kind === 'ntlm' ? `${login.domain}\\${login.user}` : login.user
  return { host: place?.host ?? server, database, user }
}

/** One connection, logged in. Throws tedious's errors, and Trouble for a refused certificate or a numbered refusal of the login. */
export async function connectMssql(plan: MssqlPlan): Promise<Connection> {
  const place = placeOf(plan.target)
  const connection = new Connection(configOf(plan, await portOf(plan.target)))
  const { certificate } = plan.target
  let trouble: Trouble | null = null
  // Every handshake is let through and judged here, before the login is sent, so that a refusal can say whom it refused.
  connection.on('secure', (socket) => {
    const seen = seenCertificate(socket)
    if (seen) plan.onCertificate?.(seen)
    const refusal = certificateFault(socket, seen, certificate, place.host)
    if (!refusal) return
    trouble = new Trouble(refusal)
    connection.close()
  })
  // The driver's own error of a refused login has no number; of several the first says most ("cannot open database" comes before "login failed").
  connection.on('errorMessage', ({ number, message }) => {
    trouble ??= new Trouble(serverFault(number, message.slice(0, 500), place))
  })
  // Without a listener an error of an idle connection would end the program; `closed` says all that is needed.
  connection.on('error', () => undefined)
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  connection.connect((error) => (error ? reject(trouble ?? error) : resolve()))
  try {
    await promise
    connection.removeAllListeners('errorMessage')
    await runBatch(connection, sessionSettings)
    return connection
  } catch (error) {
    connection.close()
    throw error
  }
}

async function portOf({ server }: TargetOf<'mssql'>): Promise<number> {
  const place = readServer(server)
  if (!place?.instance) return place?.port ?? 1433
  const port = await findInstance(place.host, place.instance)
  if (!port.ok) throw new Trouble(port.fault)
  return port.value
}

function configOf(
  { target, password, network, requestMs = 120_000 }: MssqlPlan,
  port: number,
): ConnectionConfiguration {
  const place = readServer(target.server)
  const authorities = authoritiesOf(network)
  if (!authorities.ok) throw new Trouble(authorities.fault)
  const { login } = target
  const given = { userName: login.user, password }
  return {
    server: place?.host ?? target.server,
    authentication:
      login.kind === 'ntlm'
        ? { type: 'ntlm', options: { ...given, domain: login.domain } }
        : { type: 'default', options: given },
    options: {
      ...{ port, database: target.database },
      // Always encrypted, or not at all; who it is, is judged above.
      ...{ encrypt: true, trustServerCertificate: true },
      cryptoCredentialsDetails: { ca: [...authorities.value] },
      ...{ appName: 'Commerce Integrator', useUTC: true, connectTimeout: 15_000, requestTimeout: requestMs },
      // Work is done again from its beginning by this program, never a single statement by the driver.
      maxRetriesOnTransientErrors: 0,
    },
  }
}
