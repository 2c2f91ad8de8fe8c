import { type ResourceName, resourceNames } from '../resources/resource.ts'
import { type Dice, dice, mix } from './dice.ts'

/** How many of each there are to begin with; everything else follows from these. */
export type Sizes = {
  readonly customers: number
  readonly products: number
  readonly quotes: number
  readonly orders: number
}

/** When a record was made and last changed, in milliseconds since 1970. */
export type Stamps = { readonly createdMs: number; readonly modifiedMs: number }

/** What every maker of records stands on. A record is known by its index (0, 1, 2 ...) and shown by its id. */
export type Ground = {
  readonly seed: number
  /** The instant at which the invented past ends. */
  readonly baseMs: number
  readonly sizes: Sizes
  /** Dice of one record; `part` keeps its aspects apart, so that one can be known without making the rest. */
  roll(name: ResourceName, index: number, part?: number): Dice
  /** Rising with the index, with gaps, as ids are where records were deleted. */
  idOf(name: ResourceName, index: number): number
  /** The index that would have this id; null when no index has it. */
  indexOf(name: ResourceName, id: number): number | null
  /** Spread over the 900 days before the base instant. */
  stamps(name: ResourceName, index: number): Stamps
}

const dayMs = 86_400_000
const gap = 3

export function makeGround(seed: number, baseMs: number, sizes: Sizes): Ground {
  const streamOf = (name: ResourceName, part: number) => resourceNames.indexOf(name) * 16 + part
  const firstOf = (name: ResourceName) => 1000 * (resourceNames.indexOf(name) + 1) + 1
  const idOf = (name: ResourceName, index: number) =>
    firstOf(name) + index * gap + (mix(seed, streamOf(name, 15), index) % gap)
  return {
    seed,
    baseMs,
    sizes,
    roll: (name, index, part = 0) => dice(seed, streamOf(name, part), index),
    idOf,
    indexOf: (name, id) => {
      const index = Math.floor((id - firstOf(name)) / gap)
      return index >= 0 && idOf(name, index) === id ? index : null
    },
    stamps: (name, index) => {
      const r = dice(seed, streamOf(name, 14), index)
      const createdMs = baseMs - r.int(1, 900 * dayMs)
      return { createdMs, modifiedMs: createdMs + Math.floor((baseMs - createdMs) * r.next()) }
    },
  }
}

/** UTC ISO with milliseconds. */
export const isoOf = (ms: number): string => new Date(ms).toISOString()
/** What .NET sends for a date that was never set. */
export const yearOne = '0001-01-01T00:00:00Z'

/** Children numbered in a row, parent after parent: four bytes a parent, built when first asked for. */
export type Family = {
  total(): number
  /** Index of the parent's first child. */
  firstOf(parent: number): number
  sizeOf(parent: number): number
  parentOf(child: number): number
}

export function family(parents: () => number, sizeOf: (parent: number) => number): Family {
  let built: Uint32Array | null = null
  const starts = () => {
    if (built) return built
    const made = new Uint32Array(parents() + 1)
    for (let parent = 0; parent < made.length - 1; parent++)
      made[parent + 1] = (made[parent] ?? 0) + sizeOf(parent)
    built = made
    return made
  }
  const startOf = (parent: number) => starts()[parent] ?? 0
  return {
    total: () => startOf(parents()),
    firstOf: startOf,
    sizeOf: (parent) => startOf(parent + 1) - startOf(parent),
    parentOf: (child) => {
      let low = 0
      let high = parents() - 1
      while (low < high) {
        const middle = (low + high + 1) >> 1
        if (startOf(middle) <= child) low = middle
        else high = middle - 1
      }
      return low
    },
  }
}
