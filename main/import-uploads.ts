import { randomUUID } from 'node:crypto'
import { appendFileSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { fail, fault, ok, type Result } from '../app/model/fault.ts'
import { sheetLimits } from '../app/model/sheet/cell.ts'
import { guarded } from '../app/store/sqlite-fault.ts'

/** Where a spreadsheet is: on this computer, or sent here by a browser. */
export type SheetSource = { readonly path: string } | { readonly upload: string }

/** Files that a browser sends, piece by piece, each into a folder of its own below `home`. */
export type ImportUploads = {
  /** Makes an empty file of this name; answers the upload's id. */
  begin(name: string): Result<{ readonly upload: string }>
  /** Adds a piece at the end. sheet-too-large past the limit; input-invalid when it does not follow what is there. */
  add(upload: string, offset: number, piece: Buffer): Result<null>
  /** The path of a source; input-invalid when there is none. */
  pathOf(source: SheetSource): Result<string>
}

const forbidden = /[\\/:*?"<>|\p{Cc}]/gu
const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i

export function importUploads(home: string): ImportUploads {
  const fileOf = (upload: string): string | null => {
    const folder = join(home, upload)
    try {
      const [name] = readdirSync(folder)
      return name === undefined ? null : join(folder, name)
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
      throw error
    }
  }
  return {
    begin: (name) =>
      guarded(home, () => {
        const upload = randomUUID()
        mkdirSync(join(home, upload), { recursive: true })
        appendFileSync(join(home, upload, safeName(name)), '')
        return { upload }
      }),
    add: (upload, offset, piece) => {
      const file = fileOf(upload)
      if (!file) return unknown('There is no such upload.')
      const size = statSync(file).size
      if (size !== offset) return unknown(`The next piece has to begin at ${size}.`)
      if (size + piece.length > sheetLimits.fileBytes) {
        rmSync(join(home, upload), { recursive: true, force: true })
        return fail(fault('sheet-too-large', { facts: { most: '200 MB' } }))
      }
      const added = guarded(file, () => appendFileSync(file, piece))
      return added.ok ? ok(null) : added
    },
    pathOf: (source) => {
      if ('path' in source) {
        const path = source.path.trim().replace(/^"(.*)"$/, '$1')
        return isAbsolute(path) ? ok(path) : unknown('Give the whole path, from the drive or the root on.')
      }
      const file = fileOf(source.upload)
      return file ? ok(file) : unknown('The file is no longer here. Choose it again.')
    },
  }
}

const unknown = (problem: string) => fail(fault('input-invalid', { facts: { field: 'file', problem } }))

/** The name that a person knows, without what no file system takes. */
function safeName(name: string): string {
  const plain = name
    .replace(forbidden, '_')
    .replace(/^[.\s]+|[.\s]+$/g, '')
    .slice(-120)
  return plain === '' || reserved.test(plain) ? `_${plain}` : plain
}
