import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { z } from 'zod'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8')
const inDocs = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
const pages = [
  ...readdirSync(ROOT).filter((name) => name.endsWith('.md')),
  ...inDocs.filter((name) => name.endsWith('.md')).map((name) => `docs/${name.replaceAll('\\', '/')}`),
]
const found = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1] ?? '')

test('every file that the walk through the house names is there', () => {
  const named = found(read('docs/architecture.md'), /`((?:app|main|renderer|build|tests)\/[\w./-]+)`/g)
  expect(named.length).toBeGreaterThan(20)
  expect(named.filter((file) => !existsSync(join(ROOT, file)))).toEqual([])
})

test('no page links to a file that is not there', () => {
  const broken = pages.flatMap((page) => {
    const links = found(read(page), /\]\((?!\w+:|#)([^)#\s]+)[^)]*\)/g)
    return links
      .filter((link) => !existsSync(join(ROOT, dirname(page), link)))
      .map((link) => `${page} -> ${link}`)
  })
  expect(broken).toEqual([])
})

test('every decision is in the list of decisions', () => {
  const listed = found(read('docs/decisions/README.md'), /\((\d{3}-[\w-]+\.md)\)/g)
  const there = readdirSync(join(ROOT, 'docs/decisions')).filter((name) => /^\d{3}-/.test(name))
  expect(listed.sort()).toEqual(there.sort())
})

test('every library has its reason', () => {
  const names = z.record(z.string(), z.string())
  const { dependencies, devDependencies } = z
    .object({ dependencies: names, devDependencies: names })
    .parse(JSON.parse(read('package.json')))
  const reasons = read('docs/decisions/008-libraries.md')
  const all = Object.keys({ ...dependencies, ...devDependencies })
  // The table names a family once: "@tanstack/react-query, -table", "@types/*".
  const families = [/^@types\//, /^@tanstack\/react-/, /^@fluentui\/react-/]
  const isNamed = (name: string) => reasons.includes(name) || families.some((family) => family.test(name))
  expect(all.filter((name) => !isNamed(name))).toEqual([])
})
