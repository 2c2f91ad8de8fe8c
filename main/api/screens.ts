import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { textAnswer } from './text-answer.ts'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.json': 'application/json; charset=utf-8',
  '.woff2': 'font/woff2',
  '.map': 'application/json; charset=utf-8',
}

/**
 * Serves the built UI: hashed files under /assets/ may be kept for a year, the page itself is asked for each time.
 * A path without a file ending is a screen's address and gets the page; a file that is not there is a 404, never the page.
 */
export function screenFiles(folder: string): (request: Request, path: string) => Promise<Response> {
  return async (request, path) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return textAnswer(405, 'Only GET is answered here.', { allow: 'GET, HEAD' })
    }
    const name = fileName(path)
    if (name === null) return textAnswer(404, 'There is nothing at this address.')
    const found = await read(join(folder, name))
    if (!found) {
      return name === 'index.html'
        ? textAnswer(503, 'The screens have not been built. Run "npm run build", then reload this page.')
        : textAnswer(404, 'There is nothing at this address.')
    }
    const isHashed = name.startsWith(`assets${sep}`)
    return new Response(request.method === 'HEAD' ? null : found, {
      headers: {
        'content-type': types[extname(name)] ?? 'application/octet-stream',
        'content-length': String(found.byteLength),
        'cache-control': isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
      },
    })
  }
}

/** The file that an address stands for, relative to the folder; null for one that would leave it or cannot be read as an address. */
function fileName(path: string): string | null {
  let plain: string
  try {
    plain = decodeURIComponent(path)
  } catch {
    return null
  }
  if (plain.includes('\0') || plain.includes('\\') || plain.split('/').some((part) => part.startsWith('.'))) {
    return null
  }
  if (extname(plain) === '') return 'index.html'
  const name = normalize(plain.replace(/^\/+/, ''))
  return name.startsWith('..') || name.includes(':') ? null : name
}

async function read(file: string): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return new Uint8Array(await readFile(file))
  } catch (error) {
    if (error instanceof Error && 'code' in error && missing.includes(String(error.code))) return null
    throw error
  }
}
const missing = ['ENOENT', 'ENOTDIR', 'EISDIR']
