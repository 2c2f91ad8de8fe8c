import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { replaceFile } from '../../../main/atomic-file.ts'
import { tempFolder } from '../app/store/temp-store.ts'

describe('replacing a file', () => {
  it('leaves the new content, the wanted mode and no draft', () => {
    const folder = tempFolder()
    const path = join(folder, 'a.json')
    replaceFile(path, 'one', 0o600)
    replaceFile(path, 'two ü', 0o600)
    expect(readFileSync(path, 'utf8')).toBe('two ü')
    expect(readdirSync(folder)).toEqual(['a.json'])
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  it('throws and leaves what was there when it cannot', () => {
    const folder = tempFolder()
    const path = join(folder, 'a')
    mkdirSync(join(path, 'inside'), { recursive: true })
    expect(() => replaceFile(path, 'x', 0o600)).toThrow()
    expect(existsSync(join(path, 'inside'))).toBe(true)
    expect(readdirSync(folder)).toEqual(['a'])
  })
})
