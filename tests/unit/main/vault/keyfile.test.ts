import { chmodSync, copyFileSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keyfileVault } from '../../../../main/vault/keyfile.ts'
import { must, tempFolder, testClock } from '../../app/store/temp-store.ts'

const secret = 'sk-Planted/Secret+Value==1234'

function stage() {
  const folder = tempFolder()
  const clock = testClock()
  return {
    folder,
    clock,
    vault: keyfileVault(folder, clock),
    key: join(folder, 'vault.key'),
    file: join(folder, 'vault.json'),
  }
}
const lost = { ok: false, fault: { code: 'secret-lost', next: 'setup', facts: { name: 'tenant-1' } } }

describe('the keyfile vault', () => {
  it('gives back what was put in, also to the next process, and forgets it when told', () => {
    const { vault, folder, clock } = stage()
    expect(vault.get('tenant-1')).toEqual({ ok: true, value: null })
    expect(vault.describe('tenant-1')).toBeNull()
    must(vault.set('tenant-1', secret))
    must(vault.set('tenant-2', 'Über-geheim 日本 \u0000\n'))
    const next = keyfileVault(folder, clock)
    expect(next.get('tenant-1')).toEqual({ ok: true, value: secret })
    expect(next.get('tenant-2')).toEqual({ ok: true, value: 'Über-geheim 日本 \u0000\n' })
    must(next.set('tenant-1', 'replaced'))
    must(next.remove('tenant-2'))
    must(next.remove('never there'))
    expect(vault.get('tenant-1')).toEqual({ ok: true, value: 'replaced' })
    expect(vault.get('tenant-2')).toEqual({ ok: true, value: null })
  })

  it('tells a screen the end of a secret and when it was set, and of a short one nothing', () => {
    const { vault, clock } = stage()
    must(vault.set('long', secret))
    must(vault.set('short', 'abc1234'))
    expect(vault.describe('long')).toEqual({ endsIn: '1234', setAt: clock.iso() })
    expect(vault.describe('short')).toEqual({ endsIn: '', setAt: clock.iso() })
  })

  it('takes any name and any text', () => {
    const { vault } = stage()
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (name, text) => {
        expect(vault.get(name).ok).toBe(true)
        must(vault.set(name, text))
        expect(vault.get(name)).toEqual({ ok: true, value: text })
        must(vault.remove(name))
        expect(vault.get(name)).toEqual({ ok: true, value: null })
      }),
      {
        numRuns: 40,
        examples: [
          ['__proto__', 'x'],
          ['constructor', 'y'],
          ['', ''],
        ],
      },
    )
  })

  it('writes no secret to the disk in any encoding', () => {
    const { vault, folder } = stage()
    must(vault.set('tenant-1', secret))
    const bytes = Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name))))
    const plain = Buffer.from(secret)
    const forms = [
      plain,
      Buffer.from(secret, 'utf16le'),
      ...(['base64', 'base64url', 'hex'] as const).map((encoding) => Buffer.from(plain.toString(encoding))),
      Buffer.from(plain.toString('hex').toUpperCase()),
      Buffer.from(encodeURIComponent(secret)),
      Buffer.from([...secret].reverse().join('')),
      Buffer.from(secret.slice(-8)),
    ]
    for (const form of forms) expect(bytes.includes(form)).toBe(false)
  })

  it('seals the same secret differently each time', () => {
    const { vault, file } = stage()
    const sealed = [1, 2, 3].map(() => {
      must(vault.set('tenant-1', secret))
      return JSON.parse(readFileSync(file, 'utf8')).secrets[0]
    })
    expect(new Set(sealed.map((one) => one.nonce)).size).toBe(3)
    expect(new Set(sealed.map((one) => one.data)).size).toBe(3)
  })

  it.runIf(process.platform !== 'win32')(
    'keeps its files to their owner, and closes a key that others could read',
    () => {
      const { vault, key, file } = stage()
      must(vault.set('tenant-1', secret))
      const modes = () => [key, file].map((path) => statSync(path).mode & 0o777)
      expect(modes()).toEqual([0o600, 0o600])
      chmodSync(key, 0o644)
      expect(vault.get('tenant-1')).toEqual({ ok: true, value: secret })
      expect(modes()).toEqual([0o600, 0o600])
    },
  )
})

describe('a vault that was tampered with', () => {
  it.each(['nonce', 'tag', 'data', 'keyId'])('gives nothing when a bit of the %s changed', (part) => {
    const { vault, file } = stage()
    must(vault.set('tenant-1', secret))
    const stored = JSON.parse(readFileSync(file, 'utf8'))
    const [sealed] = stored.secrets
    const bytes = Buffer.from(sealed[part], part === 'keyId' ? 'hex' : 'base64')
    bytes[0] = (bytes[0] ?? 0) ^ 1
    sealed[part] = bytes.toString(part === 'keyId' ? 'hex' : 'base64')
    writeFileSync(file, JSON.stringify(stored))
    expect(vault.get('tenant-1')).toMatchObject(lost)
    expect(vault.describe('tenant-1')).toMatchObject({ endsIn: '' })
  })

  it.each([
    ['tag', 12],
    ['tag', 4],
    ['nonce', 8],
  ])('gives nothing for a %s cut to %i bytes', (part, bytes) => {
    const { vault, file } = stage()
    must(vault.set('tenant-1', secret))
    const stored = JSON.parse(readFileSync(file, 'utf8'))
    const [sealed] = stored.secrets
    sealed[part] = Buffer.from(sealed[part], 'base64').subarray(0, bytes).toString('base64')
    writeFileSync(file, JSON.stringify(stored))
    expect(vault.get('tenant-1')).toMatchObject(lost)
  })

  it('does not take one tenant’s secret for another’s', () => {
    const { vault, file } = stage()
    must(vault.set('tenant-1', secret))
    must(vault.set('tenant-2', 'other'))
    const stored = JSON.parse(readFileSync(file, 'utf8'))
    stored.secrets[0] = { ...stored.secrets[1], name: 'tenant-1' }
    writeFileSync(file, JSON.stringify(stored))
    expect(vault.get('tenant-1')).toMatchObject(lost)
    expect(vault.get('tenant-2')).toEqual({ ok: true, value: 'other' })
  })
})

describe('a lost key', () => {
  it('asks to enter the secret again, throws nothing away, and is mended by putting the key back', () => {
    const { vault, key, folder } = stage()
    must(vault.set('tenant-1', secret))
    copyFileSync(key, join(folder, 'saved'))
    rmSync(key)
    expect(vault.get('tenant-1')).toMatchObject(lost)
    expect(vault.get('tenant-9')).toEqual({ ok: true, value: null })
    copyFileSync(join(folder, 'saved'), key)
    expect(vault.get('tenant-1')).toEqual({ ok: true, value: secret })
  })

  it.each(['another key', 'no key at all', ''])(
    'the same for %j in its place, which is kept beside the new one',
    (content) => {
      const { vault, key, folder } = stage()
      must(vault.set('tenant-1', secret))
      const other = content === 'another key' ? Buffer.alloc(32, 7).toString('base64') : content
      writeFileSync(key, other)
      expect(vault.get('tenant-1')).toMatchObject(lost)
      must(vault.set('tenant-2', 'new secret'))
      expect(vault.get('tenant-2')).toEqual({ ok: true, value: 'new secret' })
      expect(vault.get('tenant-1')).toMatchObject(lost)
      must(vault.set('tenant-1', secret))
      expect(vault.get('tenant-1')).toEqual({ ok: true, value: secret })
      const aside = readdirSync(folder).filter((name) => name.startsWith('vault.key.damaged-'))
      expect(aside).toHaveLength(content === 'another key' ? 0 : 1)
    },
  )

  it('keeps a damaged vault.json beside the new one', () => {
    const { vault, file, folder } = stage()
    must(vault.set('tenant-1', secret))
    const cut = readFileSync(file, 'utf8').slice(0, 60)
    writeFileSync(file, cut)
    expect(vault.get('tenant-1')).toMatchObject(lost)
    expect(vault.describe('tenant-1')).toBeNull()
    must(vault.set('tenant-2', 'x'))
    const [aside] = readdirSync(folder).filter((name) => name.startsWith('vault.json.damaged-'))
    expect(readFileSync(join(folder, aside ?? ''), 'utf8')).toBe(cut)
  })

  it('names a folder that is gone', () => {
    const { vault, folder } = stage()
    rmSync(folder, { recursive: true })
    expect(vault.set('tenant-1', secret)).toMatchObject({ ok: false, fault: { code: 'folder-missing' } })
  })
})
