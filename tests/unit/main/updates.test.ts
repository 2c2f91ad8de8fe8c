import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  followUpdates,
  isInWindow,
  lookEveryMs,
  nextStep,
  noUpdate,
  retryAfterMs,
  type UpdateNow,
  type UpdateState,
  type UpdateStep,
} from '../../../main/updates.ts'

const night = { from: '22:30', to: '04:00' }
const now = (more: Partial<UpdateNow> = {}): UpdateNow => ({
  settings: { mode: 'automatic', window: null, feedUrl: '' },
  nowMs: 10 * lookEveryMs,
  minute: 12 * 60,
  isRunning: false,
  hasFeed: true,
  canInstall: true,
  ...more,
})
const found: UpdateState = { ...noUpdate, lookedAtMs: 10 * lookEveryMs, found: '2.0.0' }
const fetched: UpdateState = { ...found, fetched: '2.0.0' }
const settings = (mode: 'off' | 'notify' | 'automatic', window: typeof night | null = null) => ({
  settings: { mode, window, feedUrl: '' },
})

describe('the next step', () => {
  it.each<[string, UpdateState, Partial<UpdateNow>, UpdateStep]>([
    ['the first look', noUpdate, {}, 'look'],
    ['no look when off', noUpdate, settings('off'), 'nothing'],
    ['no look without a feed', noUpdate, { hasFeed: false }, 'nothing'],
    ['nothing found', { ...found, found: null }, {}, 'nothing'],
    ['a look again, hours later', found, { nowMs: 11 * lookEveryMs }, 'look'],
    ['a look after the clock was set back', found, { nowMs: 1 }, 'look'],
    ['patience after a failure', { ...found, failedAtMs: 10 * lookEveryMs - 1 }, {}, 'nothing'],
    ['another try an hour later', { ...found, failedAtMs: 10 * lookEveryMs - retryAfterMs }, {}, 'fetch'],
    ['notify tells', found, settings('notify'), 'tell'],
    ['notify tells once', { ...found, told: '2.0.0' }, settings('notify'), 'nothing'],
    ['notify tells of the next version', { ...found, told: '1.9.0' }, settings('notify'), 'tell'],
    ['automatic fetches', found, {}, 'fetch'],
    ['automatic fetches a newer one again', { ...fetched, found: '2.0.1' }, {}, 'fetch'],
    ['automatic installs', fetched, {}, 'install'],
    ['automatic waits for its hours', fetched, settings('automatic', night), 'nothing'],
    ['automatic in its hours', fetched, { ...settings('automatic', night), minute: 30 }, 'install'],
    ['automatic tells where it may not install', found, { canInstall: false }, 'tell'],
  ])('%s', (_, state, more, expected) => {
    expect(nextStep(state, now(more))).toBe(expected)
  })

  it('is nothing during a run, and nothing is ever installed against the settings', () => {
    const at = fc.option(fc.integer({ min: 0, max: 1e9 }), { nil: null })
    const version = fc.constantFrom('1.0.0', '2.0.0', null)
    const states = fc.record({
      lookedAtMs: at,
      failedAtMs: at,
      found: version,
      fetched: version,
      told: version,
    })
    const nows = fc.record({
      settings: fc.record({
        mode: fc.constantFrom('off' as const, 'notify' as const, 'automatic' as const),
        window: fc.constantFrom(night, null),
        feedUrl: fc.constant(''),
      }),
      nowMs: fc.integer({ min: 0, max: 1e9 }),
      minute: fc.integer({ min: 0, max: 1439 }),
      isRunning: fc.boolean(),
      hasFeed: fc.boolean(),
      canInstall: fc.boolean(),
    })
    fc.assert(
      fc.property(states, nows, (state, around) => {
        const step = nextStep(state, around)
        if (around.isRunning || around.settings.mode === 'off') expect(step).toBe('nothing')
        if (step !== 'install') return
        expect(around.settings.mode).toBe('automatic')
        expect(around.canInstall).toBe(true)
        expect(state.fetched).toBe(state.found)
        expect(isInWindow(around.settings.window, around.minute)).toBe(true)
      }),
    )
  })
})

describe('a window of hours', () => {
  it.each([
    [null, '12:00', true],
    [{ from: '02:00', to: '04:00' }, '01:59', false],
    [{ from: '02:00', to: '04:00' }, '02:00', true],
    [{ from: '02:00', to: '04:00' }, '04:00', false],
    [night, '22:30', true],
    [night, '00:00', true],
    [night, '04:00', false],
    [night, '12:00', false],
  ])('%j at %s: %s', (window, time, expected) => {
    const minute = Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
    expect(isInWindow(window, minute)).toBe(expected)
  })
})

describe('following updates', () => {
  function rig(arounds: () => UpdateNow, look: () => Promise<string | null> = async () => '2.0.0') {
    const did: string[] = []
    const note = (what: string) => {
      did.push(what)
    }
    const follow = followUpdates({
      updater: {
        look: (feed) => {
          note(`look ${feed}`)
          return look()
        },
        fetch: async () => note('fetch'),
        install: async () => note('install'),
      },
      now: async () => arounds(),
      tell: (version) => note(`tell ${version}`),
      onTrouble: (error, what) => note(`${what}: ${error instanceof Error ? error.message : ''}`),
    })
    return { did, tick: follow.tick }
  }

  it('looks, fetches, installs: one step a tick', async () => {
    const { did, tick } = rig(() => now())
    for (let i = 0; i < 3; i++) await tick()
    expect(did).toEqual(['look ', 'fetch', 'install'])
  })

  it('installs nothing when a run begins at the last moment', async () => {
    let asked = 0
    const { did, tick } = rig(() => now({ isRunning: ++asked === 4 }))
    for (let i = 0; i < 3; i++) await tick()
    expect(did).toEqual(['look ', 'fetch'])
  })

  it('tells once, and reports a feed that is not there once an hour', async () => {
    const quiet = rig(() => now(settings('notify')))
    for (let i = 0; i < 4; i++) await quiet.tick()
    expect(quiet.did).toEqual(['look ', 'tell 2.0.0'])

    const broken = rig(
      () => now(),
      () => Promise.reject(new Error('no feed')),
    )
    for (let i = 0; i < 4; i++) await broken.tick()
    expect(broken.did).toEqual(['look ', 'update: look: no feed'])
  })

  it('does nothing in a tick during a step', async () => {
    const { promise, resolve } = Promise.withResolvers<string | null>()
    const { did, tick } = rig(
      () => now(),
      () => promise,
    )
    const first = tick()
    await tick()
    await tick()
    resolve(null)
    await first
    expect(did).toEqual(['look '])
  })
})
