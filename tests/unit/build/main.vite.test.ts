import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const textOf = (file: string): string => readFileSync(join(root, file), 'utf8')

test('every file that a thread is started from is a file of the bundle', () => {
  const started = ['app', 'main'].flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => textOf(join(room, file)))
      .filter((text) => text.includes('new Worker('))
      .flatMap((text) => [...text.matchAll(/'\.\/([\w-]+)\.js'/g)].map((found) => found[1])),
  )
  expect(started.length).toBeGreaterThan(2)
  const config = textOf('build/main.vite.ts')
  for (const name of started) expect(config).toMatch(new RegExp(`^ +'?${name}'?: at\\(`, 'm'))
})
