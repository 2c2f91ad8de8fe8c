import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { runCli, startCli } from '../../../../build/program.ts'
import { tempFolder } from '../../app/store/temp-store.ts'

const planted = 'planted-Passw0rd-1234'

it('settings are changed in a folder that nobody holds, and in a service that runs', {
  timeout: 60_000,
}, async () => {
  const folder = tempFolder()
  const settings = (args: readonly string[], stdin = '') =>
    runCli(['--data', folder, 'settings', ...args, '--json'], { stdin })
  expect(JSON.parse((await settings(['log-level', 'warn'])).stdout)).toMatchObject({ log: { level: 'warn' } })

  const service = await startCli(['--data', folder, 'serve', '--port', '0', '--quiet'])
  onTestFinished(() => service.kill())
  // What a service manager keeps of it lets nobody in.
  expect(service.firstLine).toMatch(/^Serving on http:\/\/127\.0\.0\.1:\d+$/)
  const login = ['--proxy', 'http://127.0.0.1:9', '--proxy-user', 'zoe', '--proxy-password-stdin']
  const changed = await settings(['network', ...login], planted)
  expect(changed.status).toBe(0)
  expect(JSON.parse(changed.stdout)).toMatchObject({
    network: { proxy: { mode: 'manual', user: 'zoe', hasPassword: true } },
    log: { level: 'warn' },
  })
  const refused = await settings(['network', '--ca-file', join(folder, 'absent.pem')])
  expect(refused.status).toBe(1)
  expect(JSON.parse(refused.stdout)).toMatchObject({ fault: { code: 'input-invalid' } })
  const updates = await settings(['updates', '--mode', 'automatic', '--window', '23:00-04:00'])
  expect(JSON.parse(updates.stdout)).toMatchObject({
    updates: { mode: 'automatic', window: { from: '23:00', to: '04:00' }, feedUrl: '' },
  })
  await service.stop()

  // What is not named stays.
  const feed = await settings(['updates', '--feed', 'https://updates.example/feed/', '--window', 'any'])
  expect(JSON.parse(feed.stdout)).toMatchObject({
    updates: { mode: 'automatic', window: null, feedUrl: 'https://updates.example/feed/' },
  })
  expect(JSON.parse((await settings(['show'])).stdout)).toMatchObject({ proxyPassword: { endsIn: '1234' } })
  expect(changed.stdout + changed.stderr).not.toContain(planted)
  for (const name of readdirSync(join(folder, 'logs')))
    expect(readFileSync(join(folder, 'logs', name), 'utf8')).not.toContain(planted)
})

it.each([
  [['network', '--proxy', 'socks5://x:1'], 'A proxy is written as'],
  [['network', '--proxy', 'none', '--proxy-user', 'zoe'], 'belong to --proxy URL'],
  [['log-level', 'loud'], 'One of debug, info, warn, error'],
  [['updates'], 'name --mode, --window or --feed'],
  [['updates', '--mode', 'sometimes'], 'Allowed choices are off, notify, automatic'],
  [['updates', '--window', '25:00-04:00'], 'Hours are written as 01:00-04:00'],
  [['updates', '--window', '04:00-04:00'], 'it begins when it ends'],
  [['updates', '--feed', 'http://updates.example/'], 'begins with https://'],
])('settings %j is refused with its reason', { timeout: 30_000 }, async (args, words) => {
  const ended = await runCli(['--data', tempFolder(), 'settings', ...args])
  expect(ended.status).toBe(1)
  expect(ended.stderr).toContain(words)
})
