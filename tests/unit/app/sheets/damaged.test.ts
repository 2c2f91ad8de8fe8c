import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { fileOf, readAll } from './make-book.ts'

/** Always the same numbers, so that the corpus is the same on every machine. */
function* numbers(seed: number): Generator<number, never> {
  let state = seed
  for (;;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    yield state / 2 ** 32
  }
}

const good = (name: string): Buffer =>
  readFileSync(join(import.meta.dirname, '../../../fixtures/sheets', name))

/** 100 files a kind: half with flipped bits, half cut off somewhere. */
function* damaged(name: string): Generator<readonly [string, Buffer]> {
  const random = numbers(name.length)
  const next = (below: number): number => Math.floor(random.next().value * below)
  const bytes = good(name)
  for (let turn = 0; turn < 50; turn++) {
    const flipped = Buffer.from(bytes)
    for (let count = 1 + next(8); count > 0; count--) {
      const at = next(flipped.length)
      flipped[at] = (flipped[at] ?? 0) ^ (1 << next(8))
    }
    yield [`flipped ${turn}`, flipped]
    yield [`cut ${turn}`, bytes.subarray(0, next(bytes.length))]
  }
}

/** Faults that tell a person that the file is at fault. */
const clear = [
  'sheet-damaged',
  'sheet-unknown',
  'sheet-unsafe',
  'sheet-locked',
  'sheet-empty',
  'sheet-macros',
  'sheet-too-large',
  'sheet-slow',
]

describe('two hundred damaged workbooks end in a clear error or are read right', () => {
  test('.xlsx: its checksums leave nothing between', async () => {
    const right = await readAll(fileOf(good('customers.xlsx')))
    for (const [what, bytes] of damaged('customers.xlsx')) {
      const read = await readAll(fileOf(bytes))
      if (read.fault) expect(clear, what).toContain(read.fault.code)
      else expect(read.rows, what).toEqual(right.rows)
    }
  })

  test('.xls has none: what it says may have changed, but it neither crashes nor hangs', async () => {
    for (const [what, bytes] of damaged('customers.xls')) {
      const read = await readAll(fileOf(bytes))
      if (read.fault) expect(clear, what).toContain(read.fault.code)
      else expect(read.end, what).not.toBeNull()
    }
  }, 120_000)
})
