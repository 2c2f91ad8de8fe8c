/** Loaded before the pictures are made (`node --import`), in each of its threads (which get the environment of the first): the clock starts at the same moment every time, and goes on from there. */
const startMs = Date.parse('2026-06-01T09:00:00.000Z')
process.env.PICTURES_AHEAD_MS ??= String(startMs - Date.now())
const aheadMs = Number(process.env.PICTURES_AHEAD_MS)

globalThis.Date = new Proxy(Date, {
  construct: (real, given: readonly unknown[]) =>
    given.length === 0 ? new real(real.now() + aheadMs) : Reflect.construct(real, given),
  get: (real, name) => (name === 'now' ? () => real.now() + aheadMs : Reflect.get(real, name)),
})
