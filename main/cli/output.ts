import type { Fault } from '../../app/model/fault.ts'
import { explain } from '../../app/model/fault-words.ts'

/** All that the command line prints. Results go to stdout, everything for people beside them to stderr, so that a pipe stays clean. */
export const say = {
  line: (text: string): void => console.log(text),
  json: (value: unknown): void => console.log(JSON.stringify(value)),
  aside: (text: string): void => console.error(text),
  /** What happened and what to do; as JSON where a machine listens. */
  fault: (fault: Fault, asJson: boolean): void => {
    if (asJson) console.log(JSON.stringify({ fault }))
    console.error(faultText(fault))
  },
  bug: (error: unknown): void => {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
    console.error(`This is a bug in the program; please report it with this text:\n${text}`)
  },
}

export function faultText(fault: Fault): string {
  const { what, doNow } = explain(fault)
  return doNow ? `${what}\n  ${doNow}` : what
}

/** A table with aligned columns; numbers to the right. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const cells = [head, ...rows.map((row) => row.map(String))]
  const widths = head.map((_, column) => Math.max(...cells.map((row) => (row[column] ?? '').length)))
  const isNumber = head.map(
    (_, column) => rows.length > 0 && rows.every((row) => typeof row[column] === 'number'),
  )
  const draw = (row: readonly string[]): string =>
    widths
      .map((width, column) =>
        isNumber[column] ? (row[column] ?? '').padStart(width) : (row[column] ?? '').padEnd(width),
      )
      .join('  ')
      .trimEnd()
  return [draw(head), widths.map((width) => '-'.repeat(width)).join('  '), ...cells.slice(1).map(draw)].join(
    '\n',
  )
}

/** One line that is drawn over itself on a terminal, and nothing elsewhere. */
export function statusLine(): { show(text: string): void; clear(): void } {
  const out = process.stderr
  if (!out.isTTY) return { show: () => undefined, clear: () => undefined }
  return {
    show: (text) => {
      out.write(`\r\x1b[2K${text.slice(0, Math.max(20, (out.columns ?? 80) - 1))}`)
    },
    clear: () => {
      out.write('\r\x1b[2K')
    },
  }
}
