import { beforeEach, describe, expect, test } from 'vitest'
import { type Fault, fault } from '../../../../app/model/fault.ts'
import { type ActionParts, act } from '../../../../main/shell/actions.ts'
import { fakeElectron } from '../../../fake-electron.ts'

const nowMs = Date.parse('2030-05-01T08:00:00.000Z')
let sent: unknown[] = []
let answers: (Fault | null)[] = []
let troubles: string[] = []
let fake = fakeElectron()
beforeEach(() => {
  sent = []
  answers = []
  troubles = []
  fake = fakeElectron()
})

const parts = (change: Partial<ActionParts> = {}): ActionParts => ({
  electron: fake.electron,
  api: {
    sync: async (id) => {
      sent.push(['sync', id])
      return answers.shift() ?? null
    },
    pause: async (id, until) => {
      sent.push(['pause', id, until])
      return answers.shift() ?? null
    },
  },
  clock: { now: () => nowMs },
  loginItem: null,
  show: (path) => sent.push(['show', path]),
  folder: () => '/data/logs',
  onTrouble: (error, what) => troubles.push(`${what}: ${error}`),
  ...change,
})

describe('what the tray does', () => {
  test('syncs all, and tells the first refusal but of one that runs already', async () => {
    answers = [fault('already-running'), fault('key-missing'), fault('tenant-disabled')]
    const refused = await act({ do: 'sync', tenantIds: [1, 2, 3] }, parts())
    expect(sent).toEqual([1, 2, 3].map((id) => ['sync', id]))
    expect(refused?.code).toBe('key-missing')
  })
  test('pauses for an hour, for good, and resumes', async () => {
    await act({ do: 'pause', tenantIds: [1], for: 'hour' }, parts())
    await act({ do: 'pause', tenantIds: [1], for: 'good' }, parts())
    await act({ do: 'resume', tenantIds: [1] }, parts())
    expect(sent).toEqual([
      ['pause', 1, '2030-05-01T09:00:00.000Z'],
      ['pause', 1, '9999-12-31T00:00:00.000Z'],
      ['pause', 1, null],
    ])
  })
  test('opens the log folder, and reports when the system cannot', async () => {
    await act({ do: 'logs' }, parts())
    expect([fake.seen.folders, troubles]).toEqual([['/data/logs'], []])
    const shell = { ...fake.electron.shell, openPath: async () => 'no program for folders' }
    await act({ do: 'logs' }, parts({ electron: { ...fake.electron, shell } }))
    expect(troubles).toEqual(['opening the log folder: Error: no program for folders'])
  })
  test('starts at login, and reports when that cannot be changed', async () => {
    const set: boolean[] = []
    const item = { isOn: () => false, set: (isOn: boolean) => set.push(isOn) === 1 }
    await act({ do: 'login-item', isOn: true }, parts({ loginItem: item }))
    expect([set, troubles]).toEqual([[true], []])
    await act({ do: 'login-item', isOn: false }, parts({ loginItem: item }))
    expect([set, troubles.length]).toEqual([[true, false], 1])
  })
})
