import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate, zstdDecompress } from 'node:zlib'
import { tooBig } from './attempt.ts'
import { codeOf } from './fault-of.ts'

const decoders: Readonly<
  Record<string, (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>>
> = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
  zstd: promisify(zstdDecompress),
}

/** The encodings that are asked for. */
export const acceptEncoding = 'gzip, br'

/**
 * The bytes of an answer with its Content-Encoding undone, the last one first. Rejects with Stopped `answer-too-big` when the unpacked answer would pass
 * `maxBytes` (a small answer can unpack to anything), and with zlib's error when the bytes are broken. An unknown encoding is left as it is.
 */
export async function decode(bytes: Buffer, encoding: string | undefined, maxBytes: number): Promise<Buffer> {
  const names = (encoding ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
  let out = bytes
  for (const name of names.reverse()) {
    const decoder = decoders[name]
    if (!decoder || out.length === 0) continue
    try {
      out = await decoder(out, { maxOutputLength: maxBytes })
    } catch (error) {
      throw codeOf(error) === 'ERR_BUFFER_TOO_LARGE' ? tooBig(maxBytes) : error
    }
  }
  return out
}
