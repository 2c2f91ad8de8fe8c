import { createSocket } from 'node:dgram'
import { expect, onTestFinished, test } from 'vitest'
import { findInstance } from '../../../../../../../app/halo/sql/dialects/mssql/browser.ts'

const list =
  'ServerName;SQL01;InstanceName;SQLEXPRESS;IsClustered;No;Version;15.0.2000.5;np;\\\\SQL01\\pipe\\sql;;ServerName;SQL01;InstanceName;HALO;IsClustered;No;Version;16.0.4135.4;tcp;51433;;'

/** A SQL Server Browser on a free port that answers what it is told; the names that it was asked for. */
async function browser(answers: (string | null)[]): Promise<{ port: number; asked: string[] }> {
  const socket = createSocket('udp4')
  const asked: string[] = []
  socket.on('message', (message, from) => {
    asked.push(`${message[0]} ${message.subarray(1, -1).toString('latin1')}`)
    const answer = answers.shift()
    if (!answer) return
    const head = Buffer.from([5, 0, 0])
    head.writeUInt16LE(answer.length, 1)
    socket.send(Buffer.concat([head, Buffer.from(answer, 'latin1')]), from.port, from.address)
  })
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', () => resolve()))
  onTestFinished(() => void socket.close())
  return { port: socket.address().port, asked }
}

test('tells the port of the instance, in whatever case its name is written', async () => {
  const { port, asked } = await browser([list])
  expect(await findInstance('127.0.0.1', 'Halo', { port, waitMs: 2000 })).toEqual({ ok: true, value: 51433 })
  expect(asked).toEqual(['4 Halo'])
})

test('is asked again when an answer was lost', async () => {
  const { port, asked } = await browser([null, list])
  expect(await findInstance('127.0.0.1', 'HALO', { port, waitMs: 100 })).toEqual({ ok: true, value: 51433 })
  expect(asked).toHaveLength(2)
})

test.each([
  ['no such instance', 'OTHER', [list]],
  ['an instance without TCP', 'SQLEXPRESS', [list]],
  ['an answer that is none', 'HALO', ['']],
  ['silence', 'HALO', [null, null]],
])('%s is a fault that names host and instance', async (_, instance, answers) => {
  const { port } = await browser([...answers])
  expect(await findInstance('127.0.0.1', instance, { port, waitMs: 50 })).toMatchObject({
    ok: false,
    fault: { code: 'halo-instance', facts: { host: '127.0.0.1', name: instance } },
  })
})
