import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Column } from '../../../renderer/ui/table/column.ts'
import { cellText, rowText, timeValue } from '../../../renderer/ui/table/column.ts'
import {
  csvOf,
  fileNameOf,
  formatWith,
  rememberChoice,
  rememberedChoice,
} from '../../../renderer/ui/table/export-file.ts'

type Row = { readonly name: string; readonly amount: number | null }
const columns: readonly Column<Row>[] = [
  { id: 'name', title: 'Name', min: 1, cell: () => null, value: (row) => row.name },
  {
    id: 'amount',
    title: 'Total',
    fileTitle: 'Total, before tax',
    min: 1,
    cell: () => null,
    value: (row) => row.amount,
  },
]
const plain = { format: formatWith(',', false), areAllColumns: true }

async function* inParts(parts: readonly (readonly Row[])[]) {
  for (const rows of parts) yield { rows, total: 3 }
}

describe('an exported file', () => {
  it('has a title line and all rows in their order, and tells how far it is', async () => {
    const told: number[][] = []
    const file = await csvOf(
      columns,
      plain,
      () =>
        inParts([
          [
            { name: '=1+1', amount: -5 },
            { name: 'b', amount: null },
          ],
          [{ name: 'c', amount: 1.5 }],
        ]),
      (done, total) => told.push([done, total]),
      new AbortController().signal,
    )
    expect(await file?.text()).toBe('Name,"Total, before tax"\r\n\'=1+1,-5\r\nb,\r\nc,1.5\r\n')
    expect(told).toEqual([
      [2, 3],
      [3, 3],
    ])
  })

  it('begins with a mark and writes fractions with a comma where that is wanted', async () => {
    const choice = { format: formatWith(';', true), areAllColumns: true }
    const file = await csvOf(
      columns,
      choice,
      () => inParts([[{ name: 'a', amount: 1.5 }]]),
      () => undefined,
      new AbortController().signal,
    )
    const bytes = new Uint8Array((await file?.arrayBuffer()) ?? new ArrayBuffer(0))
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    expect(await file?.text()).toContain('a;1,5\r\n')
  })

  it('is none when it was stopped', async () => {
    const stopping = new AbortController()
    const file = await csvOf(
      columns,
      plain,
      () => inParts([[{ name: 'a', amount: 1 }], [{ name: 'b', amount: 2 }]]),
      () => stopping.abort(),
      stopping.signal,
    )
    expect(file).toBeNull()
  })

  it('is named for the list and the day', () => {
    expect(fileNameOf('Sales orders', new Date(2026, 4, 1, 23, 59))).toBe('sales-orders-2026-05-01.csv')
  })
})

describe('the choice', () => {
  const kept = new Map<string, string>()
  beforeEach(() => {
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => kept.set(key, value),
    })
    vi.stubGlobal('navigator', { language: 'de-DE' })
  })
  afterEach(() => vi.unstubAllGlobals())

  it('is that of the locale at first, then as chosen last', () => {
    expect(rememberedChoice().format).toEqual({ separator: ';', decimal: ',', hasMark: true })
    rememberChoice({ format: formatWith('\t', false), areAllColumns: true })
    expect(rememberedChoice()).toEqual({
      format: { separator: '\t', decimal: '.', hasMark: false },
      areAllColumns: true,
    })
  })
})

it('copied cells are exact, copied rows harmless', () => {
  expect(cellText('=1+1')).toBe('=1+1')
  expect(cellText(null)).toBe('')
  expect(cellText(true)).toBe('yes')
  expect(rowText(['=1+1', -2.5, null])).toBe("'=1+1\t-2.5\t")
  expect(timeValue('2026-05-01T09:30:15.123Z')).toBe('2026-05-01 09:30:15')
  expect(timeValue(null)).toBeNull()
})
