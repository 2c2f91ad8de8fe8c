/** Numbers that look random and are not: the same seed, stream and index always roll the same. */
export type Dice = {
  /** From 0 up to, not including, 1. */
  next(): number
  /** A whole number, both ends included. */
  int(from: number, to: number): number
  pick<T>(list: readonly [T, ...T[]]): T
  chance(share: number): boolean
  /** Two decimals, both ends included. */
  money(from: number, to: number): number
}

const spread = (value: number): number => {
  let z = value | 0
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad)
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
  return (z ^ (z >>> 15)) >>> 0
}

/** One unsigned 32-bit number out of three. */
export const mix = (seed: number, stream: number, index: number): number =>
  spread(spread(spread(seed + 0x9e3779b9) ^ Math.imul(stream + 1, 0x85ebca6b)) + Math.imul(index, 0xc2b2ae35))

/** Dice for one thing: `stream` says which kind, `index` which of them. */
export function dice(seed: number, stream: number, index: number): Dice {
  let state = mix(seed, stream, index)
  const next = () => {
    state = (state + 0x9e3779b9) | 0
    return spread(state) / 0x1_0000_0000
  }
  const int = (from: number, to: number) => from + Math.floor(next() * (to - from + 1))
  return {
    next,
    int,
    pick: (list) => list[int(0, list.length - 1)] ?? list[0],
    chance: (share) => next() < share,
    money: (from, to) => int(Math.round(from * 100), Math.round(to * 100)) / 100,
  }
}

/** Money to the cent, half away from zero. */
export const cents = (amount: number): number =>
  (Math.sign(amount) * Math.round(Math.abs(amount) * 100 + 1e-7)) / 100
