import { expect, test } from 'vitest'
import type { ShellFacts } from '../../../../main/shell/facts.ts'
import { waitFor, watchHost } from '../../../../main/shell/watch.ts'
import { shellFacts } from './shell-tenant.ts'

/** A host that does, one after the other, what the test lists; then it never answers again. */
function host(...answers: readonly (ShellFacts | 'gone')[]) {
  const left = [...answers]
  const waits: number[] = []
  const since: number[] = []
  const never = new Promise<never>(() => undefined)
  return {
    waits,
    since,
    api: {
      facts: async () => {
        const next = left.shift()
        if (next === 'gone') throw new Error('503')
        return next ?? never
      },
      changed: async (from: number) => {
        since.push(from)
        return from + 7
      },
    },
    wait: async (ms: number) => {
      waits.push(ms)
    },
  }
}

/** All that is told until `count` was. */
function told(from: ReturnType<typeof host>, count: number): Promise<readonly ShellFacts[]> {
  return new Promise((resolve) => {
    const seen: ShellFacts[] = []
    const watch = watchHost(
      from.api,
      (facts) => {
        seen.push(facts)
        if (seen.length < count) return
        watch.stop()
        resolve(seen)
      },
      from.wait,
    )
  })
}

test('tells what is at once and after each change, from the last change on', async () => {
  const from = host(shellFacts({ name: 'A' }), shellFacts({ name: 'B' }), shellFacts({ name: 'C' }))
  const seen = await told(from, 3)
  expect(seen.map(({ tenants }) => tenants[0]?.name)).toEqual(['A', 'B', 'C'])
  expect(from.since.slice(0, 2)).toEqual([0, 7])
})

test('a host that does not answer is told with what was last seen, and tried again with a longer rest', async () => {
  const from = host(shellFacts({ name: 'A' }), 'gone', shellFacts({ name: 'B' }))
  const seen = await told(from, 3)
  expect(seen.map(({ isReachable, tenants }) => [isReachable, tenants[0]?.name])).toEqual([
    [true, 'A'],
    [false, 'A'],
    [true, 'B'],
  ])
  const [rest, retry] = from.waits
  expect(retry).toBeGreaterThan(rest ?? 0)
})

test('after it was stopped nothing more is told', async () => {
  const from = host(shellFacts({}), 'gone', shellFacts({}))
  let count = 0
  const watch = watchHost(from.api, () => (count += 1), from.wait)
  watch.stop()
  await new Promise((resolve) => setImmediate(resolve))
  expect(count).toBe(0)
})

test('a wait ends when it is told to', async () => {
  const ending = new AbortController()
  const waited = waitFor(3_600_000, ending.signal)
  ending.abort()
  await waited
  await waitFor(3_600_000, ending.signal)
})
