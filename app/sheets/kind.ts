import { isUtf8 } from 'node:buffer'
import type { FileHandle } from 'node:fs/promises'
import { type Fault, fault } from '../model/fault.ts'
import { readAt } from './zip/directory.ts'

/** What a file really is, whatever its name says. */
export type FileKind =
  | { readonly kind: 'zip' }
  | { readonly kind: 'ole' }
  | { readonly kind: 'text' }
  | { readonly kind: 'none'; readonly fault: Fault }

const headBytes = 4096
/** First bytes of what people take for a spreadsheet, or choose by mistake. */
const known: readonly (readonly [string, string])[] = [
  ['%PDF', 'a PDF document'],
  ['{\\rtf', 'a text document (RTF)'],
  ['\x89PNG', 'a picture'],
  ['\xff\xd8\xff', 'a picture'],
  ['GIF8', 'a picture'],
  ['Rar!', 'a RAR archive'],
  ['7z\xbc\xaf', 'a 7-Zip archive'],
  ['\x1f\x8b', 'a compressed file (gzip)'],
  ['MZ', 'a program'],
  ['\x7fELF', 'a program'],
  ['SQLite format 3', 'a database'],
]

/** Tells by the first bytes. */
export async function kindOf(handle: FileHandle, size: number): Promise<FileKind> {
  if (size === 0) return no('sheet-empty')
  const head = await readAt(handle, 0, Math.min(size, headBytes))
  const start = head.toString('latin1')
  if (start.startsWith('PK\x03\x04') || start.startsWith('PK\x05\x06')) return { kind: 'zip' }
  if (start.startsWith('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) return { kind: 'ole' }
  const found = known.find(([mark]) => start.startsWith(mark))?.[1]
  if (found) return no('sheet-unknown', found)
  const markup = start
    .replace(/^\xef\xbb\xbf/, '')
    .trimStart()
    .slice(0, 200)
    .toLowerCase()
  if (/^(<!doctype html|<html|<table|<head|<body)/.test(markup)) return no('sheet-unknown', 'a web page')
  if (markup.startsWith('<?xml') || markup.startsWith('<workbook')) return no('sheet-unknown', 'an XML file')
  return isText(head) ? { kind: 'text' } : no('sheet-unknown', 'not a text or workbook file')
}

const no = (code: 'sheet-empty' | 'sheet-unknown', found?: string): FileKind => ({
  kind: 'none',
  fault: fault(code, found ? { facts: { found } } : {}),
})

/** Text has no zero bytes, unless two bytes make a letter. */
function isText(head: Buffer): boolean {
  const hasMark = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)
  if (hasMark) return true
  const zeros = head.filter((byte) => byte === 0).length
  if (zeros > 0) return zeros > head.length * 0.3 && wideOrder(head) !== null
  const odd = head.filter((byte) => byte < 32 && byte !== 9 && byte !== 10 && byte !== 13).length
  return odd === 0 || (isUtf8(head) && odd < head.length / 100)
}

/** Two-byte text without its mark: the zero bytes of plain letters all lie on the same side. */
export function wideOrder(head: Buffer): 'utf-16le' | 'utf-16be' | null {
  let even = 0
  let odd = 0
  for (let at = 0; at < head.length; at++) {
    if (head[at] !== 0) continue
    if (at % 2 === 0) even++
    else odd++
  }
  if (odd > 0 && even * 20 < odd) return 'utf-16le'
  return even > 0 && odd * 20 < even ? 'utf-16be' : null
}
