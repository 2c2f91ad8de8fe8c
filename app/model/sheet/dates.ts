/** The order in which day, month and year of a column stand where they are numbers. */
export type DateOrder = 'ymd' | 'dmy' | 'mdy'

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
/** Names that differ from English in their first three letters: German, French, Spanish. */
const alsoMonths: Readonly<Record<string, number>> = {
  mär: 3,
  mrz: 3,
  mai: 5,
  okt: 10,
  dez: 12,
  fév: 2,
  avr: 4,
  jui: 6,
  aoû: 8,
  déc: 12,
  ene: 1,
  abr: 4,
  ago: 8,
  dic: 12,
}
const juillet = /^juil/

const clock = String.raw`(?:[T\s,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([ap]\.?m\.?)?\s*(?:Z|UTC)?)?`
const yearFirst = new RegExp(`^(\\d{4})[-/.\\s]?(\\d{1,2})[-/.\\s]?(\\d{1,2})${clock}$`, 'i')
const yearLast = new RegExp(`^(\\d{1,2})[-/.\\s]+(\\d{1,2})[-/.\\s]+(\\d{4}|\\d{2})${clock}$`, 'i')
const dayWord = new RegExp(
  `^(?:\\p{L}+,?\\s+)?(\\d{1,2})(?:st|nd|rd|th|\\.)?[-/\\s]*(\\p{L}{3,})\\.?[-/\\s,]*(\\d{4}|\\d{2})${clock}$`,
  'iu',
)
const wordDay = new RegExp(
  `^(?:\\p{L}+,\\s+)?(\\p{L}{3,})\\.?\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+(\\d{4})${clock}$`,
  'iu',
)

/**
 * A date as people write it, as "2024-01-31", or "2024-01-31T10:15:00" where it has a time. Null for anything else, and for days that
 * no calendar has. A year of two digits is 1970 to 2069.
 */
export function readSheetDate(text: string, order: DateOrder): string | null {
  const bare = text.trim()
  const first = yearFirst.exec(bare)
  if (first) return made(first[1], first[2], first[3], first.slice(4))
  const last = yearLast.exec(bare)
  if (last) {
    const [day, month] = order === 'mdy' ? [last[2], last[1]] : [last[1], last[2]]
    return made(fullYear(last[3] ?? ''), month, day, last.slice(4))
  }
  const named = dayWord.exec(bare)
  if (named) return made(fullYear(named[3] ?? ''), monthOf(named[2] ?? ''), named[1], named.slice(4))
  const turned = wordDay.exec(bare)
  return turned ? made(turned[3], monthOf(turned[1] ?? ''), turned[2], turned.slice(4)) : null
}

const fullYear = (year: string): string =>
  year.length === 2 ? String(Number(year) >= 70 ? 1900 + Number(year) : 2000 + Number(year)) : year

function monthOf(word: string): string | undefined {
  const name = word.toLowerCase()
  if (juillet.test(name)) return '7'
  const start = name.slice(0, 3)
  const month = months.indexOf(start) + 1 || alsoMonths[start]
  return month === undefined || month === 0 ? undefined : String(month)
}

function made(
  year: string | undefined,
  month: string | undefined,
  day: string | undefined,
  time: readonly (string | undefined)[],
): string | null {
  const [y, m, d] = [Number(year), Number(month), Number(day)]
  const at = new Date(Date.UTC(y, m - 1, d))
  const isReal = at.getUTCFullYear() === y && at.getUTCMonth() === m - 1 && at.getUTCDate() === d
  if (!isReal || y < 1900) return null
  const date = at.toISOString().slice(0, 10)
  const [hours, minutes, seconds, half] = time
  if (hours === undefined) return date
  const clockTime = clockOf(Number(hours), Number(minutes), Number(seconds ?? 0), half)
  return clockTime === null ? null : `${date}T${clockTime}`
}

function clockOf(hours: number, minutes: number, seconds: number, half: string | undefined): string | null {
  const isAfternoon = half?.toLowerCase().startsWith('p') ?? false
  if (half !== undefined && (hours < 1 || hours > 12)) return null
  const whole = half === undefined ? hours : (hours % 12) + (isAfternoon ? 12 : 0)
  if (whole > 23 || minutes > 59 || seconds > 59) return null
  return [whole, minutes, seconds].map((part) => String(part).padStart(2, '0')).join(':')
}

export type DateGuess = {
  readonly order: DateOrder
  /** An example that both day-first and month-first could be, when nothing in the column decides; to be asked once. */
  readonly unsure: string | null
}

export type DateGuesser = { add(text: string): void; guess(): DateGuess }

/** Finds out, value by value, how the dates of a column are written: by those that can be read one way only (a 13 is no month). */
export function dateGuesser(): DateGuesser {
  let dayFirst = 0
  let monthFirst = 0
  let unsure: string | null = null
  return {
    add: (text) => {
      const asDay = readSheetDate(text, 'dmy')
      const asMonth = readSheetDate(text, 'mdy')
      if (asDay !== null && asMonth === null) dayFirst++
      else if (asMonth !== null && asDay === null) monthFirst++
      else if (asDay !== asMonth) unsure ??= text
    },
    guess: () => {
      if (dayFirst === 0 && monthFirst === 0) return { order: unsure === null ? 'ymd' : 'dmy', unsure }
      return {
        order: monthFirst > dayFirst ? 'mdy' : 'dmy',
        unsure: dayFirst > 0 && monthFirst > 0 ? unsure : null,
      }
    },
  }
}

/** The same for all values at once. */
export function guessDates(texts: Iterable<string>): DateGuess {
  const guesser = dateGuesser()
  for (const text of texts) guesser.add(text)
  return guesser.guess()
}
