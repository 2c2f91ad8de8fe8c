import { isUtf8 } from 'node:buffer'
import type { FileHandle } from 'node:fs/promises'
import { TextDecoder } from 'node:util'
import { type Encoding, type Separator, separators, type TextForm } from '../../model/sheet/text-form.ts'
import { wideOrder } from '../kind.ts'
import { readAt } from '../zip/directory.ts'

const pieceBytes = 1 << 20
const sampleBytes = 64 * 1024

/** How a text file's characters and columns are told apart: by its mark, by whether all of it is UTF-8, and by its first lines. */
export async function sniff(handle: FileHandle, size: number): Promise<TextForm> {
  const encoding = await encodingOf(handle, size)
  const sample = await readAt(handle, 0, Math.min(size, sampleBytes))
  const text = new TextDecoder(encoding).decode(sample)
  return { encoding, separator: separatorOf(text) }
}

async function encodingOf(handle: FileHandle, size: number): Promise<Encoding> {
  const head = await readAt(handle, 0, Math.min(size, 4096))
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  return wideOrder(head) ?? ((await isAllUtf8(handle, size)) ? 'utf-8' : 'windows-1252')
}

/** The whole file, since the first letter that is none may stand in its last row. */
async function isAllUtf8(handle: FileHandle, size: number): Promise<boolean> {
  let rest = Buffer.alloc(0)
  for (let at = 0; at < size; ) {
    const piece = await readAt(handle, at, Math.min(size, at + pieceBytes))
    if (piece.length === 0) break
    at += piece.length
    const bytes = rest.length === 0 ? piece : Buffer.concat([rest, piece])
    const whole = at < size ? bytes.length - unfinished(bytes) : bytes.length
    if (!isUtf8(bytes.subarray(0, whole))) return false
    rest = Buffer.from(bytes.subarray(whole))
  }
  return true
}

/** How many bytes at the end belong to a letter whose last byte is not there yet. */
function unfinished(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? back : 0
    if (byte < 0x80) return 0
  }
  return 0
}

const sepLine = /^\ufeff?sep=(.)\r?\n/i

/** The first line may say it ("sep=;", as spreadsheet programs write); else the character that splits the first lines most evenly. */
export function separatorOf(text: string): Separator {
  const said = separators.find((one) => one === sepLine.exec(text)?.[1])
  if (said) return said
  const scores = separators.map((one) => ({ one, score: evenness(countsOf(text, one)) }))
  const best = scores.reduce((a, b) => (b.score > a.score ? b : a))
  return best.score > 0 ? best.one : ','
}

/** Whether the text begins with such a line, which is no row. */
export const saysSeparator = (text: string): boolean => sepLine.test(text)

/** How often a character stands outside quotes, line by line; the last, perhaps unfinished line is left out. */
function countsOf(text: string, separator: string): number[] {
  const counts: number[] = []
  let count = 0
  let isQuoted = false
  let isEmpty = true
  for (const letter of text) {
    if (letter === '"') isQuoted = !isQuoted
    else if (!isQuoted && letter === separator) count++
    else if (!isQuoted && letter === '\n') {
      if (!isEmpty) counts.push(count)
      if (counts.length >= 50) return counts
      count = 0
      isEmpty = true
      continue
    }
    if (letter !== '\r') isEmpty = false
  }
  if (counts.length === 0 && !isEmpty) counts.push(count)
  return counts
}

/** High when most lines have the same number, and it is more than none. */
function evenness(counts: readonly number[]): number {
  const byCount = new Map<number, number>()
  for (const count of counts) byCount.set(count, (byCount.get(count) ?? 0) + 1)
  let best = 0
  for (const [count, lines] of byCount) {
    if (count > 0) best = Math.max(best, (lines / counts.length) * (1 + Math.min(count, 50) / 100))
  }
  return best
}
