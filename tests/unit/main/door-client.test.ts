import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type HttpHost, serveHttp } from '../../../main/api/http.ts'
import { keepDoorToken } from '../../../main/door.ts'
import { doorClient } from '../../../main/door-client.ts'
import { lifeHeader } from '../../../main/door-seal.ts'
import { must, tempFolder } from '../app/store/temp-store.ts'

const typed = 'planted-key-1234567890'
const call = (path = '/api/x', signal?: AbortSignal) => ({
  ...({ method: 'POST', path, headers: { 'content-type': 'application/json' } } as const),
  body: JSON.stringify({ key: typed }),
  ...(signal ? { signal } : {}),
})

/** A service that says back what it was asked. */
async function service(token: string, port = 0): Promise<HttpHost> {
  const host = must(
    await serveHttp({
      port,
      token,
      handler: async (request) => {
        const { pathname } = new URL(request.url)
        if (pathname === '/nothing') return new Response(null, { status: 204 })
        if (pathname === '/waits')
          return new Promise((resolve) =>
            request.signal.addEventListener('abort', () => resolve(new Response('late'))),
          )
        const said = { method: request.method, pathname, body: await request.text() }
        return Response.json(said, { status: 201, headers: { 'x-own': 'yes' } })
      },
    }),
  )
  onTestFinished(() => host.stop())
  return host
}

/** Somebody else on a port: keeps all that comes, answers as `answer` says. */
async function stranger(port: number, answer: (body: Buffer, url: string) => Promise<Buffer> | Buffer) {
  const heard: Buffer[] = []
  const server = createServer(async (request, response) => {
    const body = await buffer(request)
    heard.push(Buffer.from(`${request.method} ${request.url} ${JSON.stringify(request.headers)}\n`), body)
    response.end(await answer(body, request.url ?? ''))
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => new Promise<void>((resolve) => void server.close(() => resolve())))
  const address = server.address()
  const taken = typeof address === 'object' && address ? address.port : 0
  return { origin: `http://127.0.0.1:${taken}`, heard: () => Buffer.concat(heard).toString('latin1') }
}

describe('our own programs at the door of a service', () => {
  test('ask and are answered, with status, headers and body', async () => {
    const folder = tempFolder()
    const host = await service(must(keepDoorToken(folder)))
    const answer = await doorClient(folder)(host.origin, call())
    expect([answer.status, answer.headers.get('x-own')]).toEqual([201, 'yes'])
    expect(await answer.json()).toEqual({
      method: 'POST',
      pathname: '/api/x',
      body: JSON.stringify({ key: typed }),
    })
    expect((await doorClient(folder)(host.origin, call('/nothing'))).status).toBe(204)
  })

  test('are let go when they stop waiting', async () => {
    const folder = tempFolder()
    const host = await service(must(keepDoorToken(folder)))
    const leaving = new AbortController()
    const asked = doorClient(folder)(host.origin, call('/waits', leaving.signal))
    leaving.abort()
    await expect(asked).rejects.toThrow(/abort/i)
  })

  test('seal anew after the service was started anew on its port', async () => {
    const folder = tempFolder()
    const token = must(keepDoorToken(folder))
    const client = doorClient(folder)
    const first = await service(token)
    expect((await client(first.origin, call())).status).toBe(201)
    await first.stop()
    expect((await client(first.origin, call())).status).toBe(503)
    await service(token, first.port)
    expect((await client(first.origin, call())).status).toBe(201)
  })

  test('are not let in with a token that is not the service’s', async () => {
    const folder = tempFolder()
    must(keepDoorToken(folder))
    const host = await service('another-token-of-thirty-two-letters')
    expect((await doorClient(folder)(host.origin, call())).status).toBe(401)
    expect((await doorClient(tempFolder())(host.origin, call())).status).toBe(401)
  })

  test('tell a stranger on the port of a dead service nothing, and take nothing from him', async () => {
    const folder = tempFolder()
    const token = must(keepDoorToken(folder))
    const client = doorClient(folder)
    const first = await service(token)
    expect((await client(first.origin, call())).status).toBe(201)
    // What anybody on the machine may ask beforehand.
    const { life } = (await (await fetch(`${first.origin}/door`)).json()) as { life: string }
    await first.stop()
    const thief = await stranger(first.port, (_, url) =>
      url === '/door' ? Buffer.from(JSON.stringify({ life })) : randomBytes(200),
    )
    for (const origin of [thief.origin, thief.origin]) expect((await client(origin, call())).status).toBe(503)
    expect((await doorClient(folder)(thief.origin, call())).status).toBe(503)
    expect(thief.heard()).toContain('/door')
    for (const secret of [token, typed, 'cookie']) expect(thief.heard()).not.toContain(secret)
  })

  test('are not taken in by one who passes all on to the service on another port', async () => {
    const folder = tempFolder()
    const token = must(keepDoorToken(folder))
    const real = await service(token)
    const life = await (await fetch(`${real.origin}/door`)).text()
    const between = await stranger(0, async (body) => {
      if (body.length === 0) return Buffer.from(life)
      const headers = { [lifeHeader]: (JSON.parse(life) as { life: string }).life }
      const passed = await fetch(`${real.origin}/door`, {
        method: 'POST',
        headers,
        body: new Uint8Array(body),
      })
      expect(passed.status).toBe(409)
      return Buffer.from(await passed.arrayBuffer())
    })
    expect((await doorClient(folder)(between.origin, call())).status).toBe(503)
  })

  test.each(['', 'null', '{}', '<html>', '{"life":"short"}'])(
    'say that it is another program that answers %j',
    async (said) => {
      const folder = tempFolder()
      must(keepDoorToken(folder))
      const other = await stranger(0, () => Buffer.from(said))
      const answer = await doorClient(folder)(other.origin, call())
      expect([answer.status, await answer.text()]).toEqual([503, expect.stringContaining('Another program')])
    },
  )
})
