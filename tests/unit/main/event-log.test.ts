import { describe, expect, it } from 'vitest'
import { fault } from '../../../app/model/fault.ts'
import { createEventLog, eventCommand } from '../../../main/event-log.ts'
import type { Command } from '../../../main/install/command.ts'
import { testClock } from '../app/store/temp-store.ts'

function stage(platform: NodeJS.Platform = 'win32') {
  const clock = testClock()
  const ran: Command[] = []
  const log = createEventLog({
    platform,
    clock,
    clean: (text) => text.replaceAll('planted', '***'),
    run: async (command) => {
      ran.push(command)
      return { status: 0, output: '' }
    },
  })
  return { clock, ran, log }
}

describe('the event log of Windows', () => {
  it('is written with eventcreate, in one line that is not too long', () => {
    expect(eventCommand({ type: 'ERROR', text: ' two\n lines ' })).toEqual({
      file: 'eventcreate.exe',
      args: [
        '/L',
        'APPLICATION',
        '/SO',
        'CommerceIntegrator',
        '/T',
        'ERROR',
        '/ID',
        '100',
        '/D',
        'two lines',
      ],
    })
    expect(eventCommand({ type: 'WARNING', text: 'x'.repeat(9_000) }).args.at(-1)).toHaveLength(4_000)
  })

  it('gets what needs a person, in words, without secrets', () => {
    const { log, ran } = stage()
    log.tell(fault('key-refused'), 'run 1 planted')
    log.tell(fault('timeout'), 'run 2')
    expect(ran).toHaveLength(1)
    expect(ran[0]?.args.at(-1)).toMatch(/^run 1 \*\*\*: .+key/)
  })

  it('gets each kind once an hour', () => {
    const { log, ran, clock } = stage()
    for (let time = 0; time < 3; time++) log.tell(fault('disk-full'), 'log')
    log.tell(fault('disk-full'), 'housekeeping')
    expect(ran).toHaveLength(2)
    clock.nowMs += 3_599_999
    log.tell(fault('disk-full'), 'log')
    expect(ran).toHaveLength(2)
    clock.nowMs += 1
    log.tell(fault('disk-full'), 'log')
    expect(ran).toHaveLength(3)
  })

  it('is nowhere else', () => {
    const { log, ran } = stage('linux')
    log.tell(fault('bug'), 'worker')
    expect(ran).toEqual([])
  })
})
