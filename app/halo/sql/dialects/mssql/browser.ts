import { createSocket } from 'node:dgram'
import { fail, fault, ok, type Result } from '../../../../model/fault.ts'

/** Where SQL Server Browser listens, and how long it is waited for, twice ([MC-SQLR]). */
const usual = { port: 1434, waitMs: 2000 }

/**
 * Asks SQL Server Browser for the TCP port of a named instance. Fault: halo-instance when it does not answer, does not know it, or the instance
 * does not listen on TCP.
 */
export async function findInstance(
  host: string,
  instance: string,
  { port, waitMs } = usual,
): Promise<Result<number>> {
  const said = (await ask(host, instance, port, waitMs)) ?? (await ask(host, instance, port, waitMs))
  const found = said === null ? null : portIn(said, instance)
  return found === null
    ? fail(
        fault('halo-instance', {
          facts: { host, name: instance },
          ...(said ? { raw: said.slice(0, 500) } : {}),
        }),
      )
    : ok(found)
}

/** CLNT_UCAST_INST: 4, the name, a zero. The answer has three bytes before its text. Null when nothing came. */
function ask(host: string, instance: string, port: number, waitMs: number): Promise<string | null> {
  const { promise, resolve } = Promise.withResolvers<string | null>()
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4')
  const timer = setTimeout(() => resolve(null), waitMs)
  socket.once('message', (message) => resolve(message.subarray(3).toString('latin1')))
  // An unknown name, or a host that says the port is closed.
  socket.once('error', () => resolve(null))
  socket.send(
    Buffer.concat([Buffer.from([4]), Buffer.from(instance, 'latin1'), Buffer.from([0])]),
    port,
    host,
  )
  return promise.finally(() => {
    clearTimeout(timer)
    socket.close()
  })
}

/** `ServerName;A;InstanceName;B;IsClustered;No;Version;16.0;tcp;1435;;` */
function portIn(said: string, instance: string): number | null {
  for (const one of said.split(';;')) {
    const parts = one.split(';')
    const named = (name: string): string | undefined => {
      const at = parts.findIndex((part, index) => index % 2 === 0 && part.toLowerCase() === name)
      return at === -1 ? undefined : parts[at + 1]
    }
    const port = Number(named('tcp'))
    if (named('instancename')?.toLowerCase() === instance.toLowerCase() && port > 0) return port
  }
  return null
}
