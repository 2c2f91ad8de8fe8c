import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Ran, run, typed } from '../../../../main/install/command.ts'
import { perform } from '../../../../main/install/perform.ts'
import { runStep, type Step } from '../../../../main/install/plan.ts'
import { tempFolder } from '../../app/store/temp-store.ts'

function performing(answers: Readonly<Record<string, Ran>> = {}, running: boolean[] = []) {
  const told: string[] = []
  const how = {
    run: async ({ file }: { file: string }) => answers[file] ?? { status: 0, output: '' },
    isRunning: async () => running.shift() ?? false,
    onStep: (text: string) => told.push(text),
    isAdmin: false,
  }
  return { told, go: (...steps: Step[]) => perform(steps, how) }
}

describe('doing the steps', () => {
  it('makes, writes, copies and removes files', async () => {
    const folder = tempFolder()
    const { go } = performing()
    const file = join(folder, 'deep', 'unit.conf')
    writeFileSync(join(folder, 'old'), 'x')
    const done = await go(
      { kind: 'folder', path: join(folder, 'data') },
      { kind: 'write', path: file, text: 'hello\n', mode: 0o640 },
      { kind: 'copy', from: file, path: join(folder, 'copy') },
      { kind: 'remove', path: join(folder, 'old') },
      { kind: 'remove', path: join(folder, 'never there') },
    )
    expect(done).toEqual({ ok: true, value: null })
    expect(statSync(join(folder, 'data')).isDirectory()).toBe(true)
    expect(readFileSync(join(folder, 'copy'), 'utf8')).toBe('hello\n')
    expect(existsSync(join(folder, 'old'))).toBe(false)
  })

  it('ends at the first command that fails, with its own words', async () => {
    const { go, told } = performing({ 'sc.exe': { status: 5, output: 'Access is denied.' } })
    expect(await go(runStep('sc.exe', ['create', 'A B']), runStep('never', []))).toMatchObject({
      ok: false,
      fault: {
        code: 'service-refused',
        facts: { command: 'sc.exe create "A B"', status: 5, isAdmin: 0 },
        raw: 'Access is denied.',
      },
    })
    expect(told).toEqual(['sc.exe create "A B"'])
  })

  it('goes on over what is already so, and over a nicety that cannot be had', async () => {
    const { go, told } = performing({
      'sc.exe': { status: 1060, output: 'not there' },
      'eventcreate.exe': { status: null, output: 'ENOENT' },
    })
    const done = await go(
      runStep('sc.exe', ['stop', 'X'], { alsoFine: [1060] }),
      runStep('eventcreate.exe', [], { optional: 'the log file has it' }),
    )
    expect(done.ok).toBe(true)
    expect(told.at(-1)).toBe('  not done (the log file has it)')
  })

  it('waits for a stop as long as it is told, and no longer than it takes', async () => {
    const running = [true, false, true, true, true]
    const { go } = performing({}, running)
    await go({ kind: 'await-stop', seconds: 1 })
    expect(running).toEqual([true, true, true])
    await go({ kind: 'await-stop', seconds: 1 })
    expect(running).toEqual([true])
  })

  it('says which file could not be written', async () => {
    const folder = tempFolder()
    writeFileSync(join(folder, 'file'), '')
    const { go } = performing()
    const path = join(folder, 'file', 'inside')
    expect(await go({ kind: 'folder', path })).toMatchObject({ ok: false, fault: { facts: { file: path } } })
  })
})

describe('a command', () => {
  it('is run with its arguments as they are', async () => {
    const script = 'process.stdout.write(process.argv.slice(1).join("|")); process.exitCode = 3'
    expect(await run({ file: process.execPath, args: ['-e', script, 'a b', '$HOME', '"q"'] })).toEqual({
      status: 3,
      output: 'a b|$HOME|"q"',
    })
  })

  it('that is not there is an answer', async () => {
    expect(await run({ file: 'no-such-program-here', args: [] })).toMatchObject({
      status: null,
      output: expect.stringContaining('ENOENT'),
    })
  })

  it('is shown as a person would type it', () => {
    expect(typed({ file: 'sc.exe', args: ['create', 'Name', 'binPath=', '"C:\\a b"'] })).toBe(
      'sc.exe create Name binPath= "\\"C:\\\\a b\\""',
    )
  })
})
