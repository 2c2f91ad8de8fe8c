import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { runCli, startCli } from '../../../../build/program.ts'
import { tempFolder } from '../../app/store/temp-store.ts'

vi.setConfig({ testTimeout: 60_000 })

const serve = (folder: string, ...args: readonly string[]) =>
  runCli(['--data', folder, 'serve', '--port', '0', '--json', ...args])

/** A drive that is not there, as the system says it. */
const missing = process.platform === 'win32' ? 'Q:\\not there\\data' : '/proc/not-there/data'
/** Somewhere nobody can write, not even root. */
const closed = (): string => {
  const file = join(tempFolder(), 'a file')
  writeFileSync(file, '')
  return process.platform === 'linux' ? '/sys/kernel' : join(file, 'data')
}

// With status 0 the service wrapper of Windows would believe that it runs on (docs/decisions/072).
describe('serve ends with status 1 and its reason', () => {
  it('when the drive of the data folder is not there', async () => {
    const ended = await serve(missing)
    expect(ended.status).toBe(1)
    expect(JSON.parse(ended.stdout)).toMatchObject({ fault: { code: 'folder-missing' } })
    expect(ended.stderr).toContain(missing)
  })

  it('when the data folder cannot be written', async () => {
    const ended = await serve(closed())
    expect(ended.status).toBe(1)
    expect(JSON.parse(ended.stdout)).toMatchObject({ fault: { code: 'folder-unwritable' } })
  })

  it('when its port is taken, and leaves the folder to others', async () => {
    const folder = tempFolder()
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    onTestFinished(() => void other.close())
    const address = other.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const ended = await runCli(['--data', folder, 'serve', '--port', String(port), '--json'])
    expect(ended.status).toBe(1)
    expect(JSON.parse(ended.stdout)).toMatchObject({ fault: { code: 'port-in-use', facts: { port } } })
    expect((await runCli(['--data', folder, 'settings', 'log-level', 'warn'])).status).toBe(0)
  })

  it('when another has the folder, whom it names', async () => {
    const folder = tempFolder()
    const first = await startCli(['--data', folder, 'serve', '--port', '0', '--quiet'])
    onTestFinished(() => first.stop())
    const ended = await serve(folder)
    expect(ended.status).toBe(1)
    expect(JSON.parse(ended.stdout)).toMatchObject({
      fault: { code: 'folder-in-use', facts: { pid: first.pid } },
    })
  })
})
