import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { type FolderLock, folderOwner, takeFolder } from '../../../main/lock.ts'
import { must, tempFolder, testClock } from '../app/store/temp-store.ts'

const locks: FolderLock[] = []
const children: ChildProcess[] = []
afterEach(async () => {
  for (const lock of locks.splice(0)) lock.release()
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  }
})

const clock = testClock()
function take(folder: string) {
  const taken = takeFolder(folder, { clock, mode: 'cli' })
  if (taken.ok) locks.push(taken.value)
  return taken
}

/** A second real process that takes the folder and keeps it. Answers when it has it. */
async function ownerProcess(folder: string): Promise<ChildProcess> {
  const lockModule = new URL('../../../main/lock.ts', import.meta.url).href
  const program = `
    const { takeFolder } = await import(${JSON.stringify(lockModule)})
    const taken = takeFolder(process.argv[1], { clock: { now: () => Date.now() }, mode: 'service' })
    if (taken.ok) taken.value.announce('http://127.0.0.1:4000')
    process.stdout.write(taken.ok ? 'taken' : taken.fault.code)
    setInterval(() => undefined, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  const [said] = await once(child.stdout ?? child, 'data')
  expect(String(said)).toBe('taken')
  return child
}

describe('the lock on the data folder', () => {
  it('belongs to one at a time, and says who has it', () => {
    const folder = tempFolder()
    const lock = must(take(folder))
    expect(take(folder)).toMatchObject({
      ok: false,
      fault: { code: 'folder-in-use', facts: { folder, pid: process.pid, mode: 'cli', since: clock.iso() } },
    })
    lock.release()
    expect(folderOwner(folder)).toBeNull()
    expect(take(folder).ok).toBe(true)
    lock.release()
    expect(take(folder).ok).toBe(false)
  })

  it('keeps other processes out, and is free the moment the owner is killed', async () => {
    const folder = tempFolder()
    const child = await ownerProcess(folder)
    expect(take(folder)).toMatchObject({
      ok: false,
      fault: {
        code: 'folder-in-use',
        facts: { pid: child.pid, mode: 'service', address: 'http://127.0.0.1:4000' },
      },
    })
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
    expect(folderOwner(folder)?.pid).toBe(child.pid)
    const lock = must(take(folder))
    expect(folderOwner(folder)).toEqual(lock.owner())
    expect(lock.owner()).toMatchObject({ pid: process.pid, mode: 'cli' })
    expect(lock.owner().address).toBeUndefined()
  })

  it('shows that its owner is alive', () => {
    const folder = tempFolder()
    const lock = must(take(folder))
    const startedAt = clock.iso()
    clock.nowMs += 10_000
    expect(lock.beat()).toEqual({ ok: true, value: null })
    expect(folderOwner(folder)).toMatchObject({ startedAt, heartbeatAt: clock.iso() })
    lock.announce('http://127.0.0.1:5000')
    expect(folderOwner(folder)?.address).toBe('http://127.0.0.1:5000')
  })

  it('is not troubled by an owner.json that says nonsense', () => {
    const folder = tempFolder()
    writeFileSync(join(folder, 'owner.json'), '{"pid": "many"')
    expect(folderOwner(folder)).toBeNull()
    const lock = must(take(folder))
    expect(JSON.parse(readFileSync(join(folder, 'owner.json'), 'utf8'))).toEqual(lock.owner())
    writeFileSync(join(folder, 'owner.json'), '{}')
    expect(take(folder)).toMatchObject({
      ok: false,
      fault: { code: 'folder-in-use', facts: { pid: 'unknown' } },
    })
  })

  it('names a folder that is missing, and one in which nothing can be written', () => {
    const folder = tempFolder()
    expect(take(join(folder, 'nowhere'))).toMatchObject({ ok: false, fault: { code: 'folder-missing' } })
    writeFileSync(join(folder, 'file'), '')
    expect(take(join(folder, 'file'))).toMatchObject({ ok: false, fault: { code: 'folder-missing' } })
    mkdirSync(join(folder, 'owner.db'))
    expect(take(folder)).toMatchObject({ ok: false, fault: { code: 'folder-unwritable' } })
  })

  it('is given back when its owner.json cannot be written', () => {
    const folder = tempFolder()
    mkdirSync(join(folder, 'owner.json'))
    const trouble = take(folder)
    expect(trouble.ok).toBe(false)
    expect(existsSync(join(folder, 'owner.db'))).toBe(true)
    const again = take(folder)
    expect(again.ok ? '' : again.fault.code).not.toBe('folder-in-use')
  })
})
