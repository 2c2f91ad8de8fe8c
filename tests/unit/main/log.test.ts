import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { fault } from '../../../app/model/fault.ts'
import { type LogOptions, openLog } from '../../../main/log.ts'
import { tempFolder, testClock } from '../app/store/temp-store.ts'

function stage(more: Partial<LogOptions> = {}) {
  const folder = tempFolder()
  const troubles: unknown[] = []
  const clock = testClock()
  const log = openLog(folder, { clock, level: 'info', onTrouble: (error) => troubles.push(error), ...more })
  onTestFinished(() => log.close())
  const read = (name = 'commerce-integrator.log'): Record<string, unknown>[] =>
    readFileSync(join(log.folder, name), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
  return { folder, log, troubles, read }
}

describe('the log', () => {
  it('writes one JSON object a line, with the time and what it is about', () => {
    const { log, read } = stage()
    log.info('run ended', { runId: 7, outcome: 'done' })
    log.warn('slow')
    expect(read()).toEqual([
      {
        level: 'info',
        time: '2026-05-10T12:00:00.000Z',
        pid: process.pid,
        runId: 7,
        outcome: 'done',
        msg: 'run ended',
      },
      { level: 'warn', time: '2026-05-10T12:00:00.000Z', pid: process.pid, msg: 'slow' },
    ])
  })

  it('says more or less from one line to the next', () => {
    const { log, read } = stage()
    log.debug('not yet')
    log.setLevel('debug')
    log.debug('now')
    log.setLevel('error')
    log.warn('no more')
    log.error('still')
    expect(read().map((line) => line.msg)).toEqual(['now', 'still'])
    expect(log.level()).toBe('error')
  })

  it('tells trouble that needs somebody from trouble that heals', () => {
    const { log, read } = stage()
    log.trouble(fault('key-refused', { facts: { host: 'a' }, raw: 'no' }), 'run 1')
    log.trouble(fault('timeout'), 'run 2')
    log.trouble(fault('bug', { raw: 'Error: x' }), 'worker')
    expect(read()).toMatchObject([
      { level: 'error', code: 'key-refused', facts: { host: 'a' }, raw: 'no', msg: 'run 1' },
      { level: 'warn', code: 'timeout', msg: 'run 2' },
      { level: 'error', code: 'bug', raw: 'Error: x', msg: 'worker' },
    ])
  })

  it('holds no secret, however it gets there', () => {
    const { log, read, folder } = stage()
    const planted = 'pl"anted\\sécret-1234'
    log.hide(planted)
    log.info(`said ${planted}`, {
      facts: { deep: [planted] },
      url: `https://a.test/?x=${encodeURIComponent(planted)}`,
    })
    log.error('by name', {
      apiKey: 'unknown-key-5678',
      headers: { authorization: 'Bearer unknown-token-9999' },
    })
    log.warn('encoded', { raw: `Basic ${Buffer.from(`user:${planted}`).toString('base64')}` })
    const text = readFileSync(join(folder, 'logs', 'commerce-integrator.log'), 'utf8')
    for (const piece of [
      'anted',
      '1234',
      'unknown-key',
      'unknown-token',
      Buffer.from(planted).toString('base64').slice(4, 16),
    ])
      expect(text).not.toContain(piece)
    expect(read()).toHaveLength(3)
    expect(log.clean(`x ${planted}`)).not.toContain('anted')
  })

  it('rolls by size and keeps so many files', () => {
    const { log, read } = stage({ maxBytes: 400, files: 3 })
    for (let line = 1; line <= 20; line++) log.info(`line ${line}`)
    expect(readdirSync(log.folder).sort()).toEqual([
      'commerce-integrator.1.log',
      'commerce-integrator.2.log',
      'commerce-integrator.log',
    ])
    const kept = [
      'commerce-integrator.2.log',
      'commerce-integrator.1.log',
      'commerce-integrator.log',
    ].flatMap((name) => {
      expect(readFileSync(join(log.folder, name)).length).toBeLessThanOrEqual(400)
      return read(name).map((line) => line.msg)
    })
    // No gap and no line twice among those that were kept.
    expect(kept).toEqual(Array.from({ length: kept.length }, (_, at) => `line ${20 - kept.length + 1 + at}`))
    expect(kept.length).toBeGreaterThan(4)
  })

  it('goes on in the file of before', () => {
    const first = stage()
    first.log.info('before')
    first.log.close()
    const again = openLog(first.folder, { clock: testClock(), level: 'info', onTrouble: () => undefined })
    onTestFinished(() => again.close())
    again.info('after')
    expect(first.read().map((line) => line.msg)).toEqual(['before', 'after'])
  })

  it('stops no work when it cannot be written, says so once, and goes on when it can', () => {
    const { folder, log, troubles } = stage()
    writeFileSync(join(folder, 'logs'), 'a file where the folder should be')
    log.info('lost')
    log.info('lost, too')
    expect(troubles).toHaveLength(1)
  })

  it('grows on when a file cannot be put aside', () => {
    const { log, troubles, read } = stage({ maxBytes: 200, files: 2 })
    mkdirSync(join(log.folder, 'commerce-integrator.1.log', 'in-the-way'), { recursive: true })
    for (let line = 1; line <= 4; line++) log.info(`line ${line}`)
    expect(read().map((line) => line.msg)).toEqual(['line 1', 'line 2', 'line 3', 'line 4'])
    expect(troubles).toHaveLength(1)
  })
})
