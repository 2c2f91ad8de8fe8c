import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

const packageSchema = z.object({ name: z.string(), version: z.string() })

/** The program's folder: where its package.json lies, in a checkout as in a packed program. */
export function programFolder(from: string = import.meta.url): string {
  let folder = dirname(fileURLToPath(from))
  for (;;) {
    if (isOurs(folder)) return folder
    const above = dirname(folder)
    if (above === folder) throw new Error('No package.json of this program above its own files.')
    folder = above
  }
}

export const programVersion = (): string => packageSchema.parse(readPackage(programFolder())).version

const readPackage = (folder: string): unknown =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))

function isOurs(folder: string): boolean {
  try {
    return packageSchema.safeParse(readPackage(folder)).data?.name === 'commerce-integrator'
  } catch {
    // No package.json here, or one that is not readable: look further up.
    return false
  }
}
