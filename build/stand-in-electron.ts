import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What @electron/fuses looks for in a binary; the wire follows: version, length, one character a fuse (vendor: docs/tutorial/fuses.md). */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
const wireVersion = 1

/** The fuses of a fresh Electron, in their order; '1' on, '0' off, 'r' removed. */
const freshFuses = ['1', '0', '1', '1', '0', '0', '0', '1']

/**
 * Lays out a folder that electron-builder takes for an unpacked Linux Electron (`electronDist`), for machines where the real one cannot be
 * downloaded. Its "binary" only holds a fuse wire: it starts nothing. Returns the folder.
 */
export function standInElectron(folder: string): string {
  mkdirSync(join(folder, 'resources'), { recursive: true })
  mkdirSync(join(folder, 'locales'), { recursive: true })
  const wire = Buffer.concat([
    Buffer.from('not an Electron\n'),
    Buffer.from(sentinel, 'latin1'),
    Buffer.from([wireVersion, freshFuses.length]),
    Buffer.from(freshFuses.join(''), 'latin1'),
    Buffer.from('\n'),
  ])
  writeFileSync(join(folder, 'electron'), wire, { mode: 0o755 })
  writeFileSync(join(folder, 'chrome-sandbox'), '', { mode: 0o755 })
  writeFileSync(join(folder, 'locales', 'en-US.pak'), '')
  writeFileSync(join(folder, 'LICENSE'), '')
  return folder
}
