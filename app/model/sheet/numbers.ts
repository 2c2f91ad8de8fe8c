/** Which character parts whole and fraction. */
export type Decimal = '.' | ','

/** Currency signs and words, percent signs and spaces of all kinds around a number. */
const around =
  /^[\s\u00a0\u202f]*(?:[$€£¥₹]|[A-Z]{3})?[\s\u00a0\u202f]*|[\s\u00a0\u202f]*(?:[$€£¥₹%]|[A-Z]{3})?[\s\u00a0\u202f]*$/g

/**
 * A number as people write it: "1,234.50", "1.234,50", "1 234,50", "1'234.50", "£12", "12 %", "(12.50)" and "12.50-" for minus. Thousands
 * must stand in threes. Null for anything else.
 */
export function readSheetNumber(text: string, decimal: Decimal): number | null {
  const bracketed = /^\((.+)\)$/.exec(text.trim())
  const bare = (bracketed?.[1] ?? text).trim()
  const sign = /^[-\u2212+]|[-\u2212]$/.exec(bare)?.[0] ?? ''
  const digits = bare
    .replace(/^[-\u2212+]|[-\u2212]$/, '')
    .replace(around, '')
    .replace(/^[-\u2212]/, '')
  const isMinus = bracketed !== null || (sign !== '' && sign !== '+') || /^\D*[-\u2212]/.test(bare)
  const plain = ungrouped(digits, decimal)
  if (plain === null) return null
  return isMinus && plain !== 0 ? -plain : plain
}

const grouped = {
  '.': /^\d{1,3}([, '\u00a0\u202f’])\d{3}(?:\1\d{3})*(?:\.\d+)?$/,
  ',': /^\d{1,3}([. '\u00a0\u202f’])\d{3}(?:\1\d{3})*(?:,\d+)?$/,
}
const simple = {
  '.': /^(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d{1,2})?$/i,
  ',': /^(?:\d+(?:,\d*)?|,\d+)(?:e[+-]?\d{1,2})?$/i,
}

function ungrouped(text: string, decimal: Decimal): number | null {
  if (simple[decimal].test(text)) return Number(text.replace(',', '.'))
  if (!grouped[decimal].test(text)) return null
  const [whole = '', fraction = ''] = text.split(decimal)
  return Number(`${whole.replace(/\D/g, '')}.${fraction || '0'}`)
}

export type DecimalGuess = {
  readonly decimal: Decimal
  /** Both ways read, and differently: "1,234" is one thousand or one and a bit. An example of it; null when the values decide. */
  readonly unsure: string | null
}

export type DecimalGuesser = { add(text: string): void; guess(): DecimalGuess }

/** Finds out, value by value, how the numbers of a column are written: by those that can be read one way only. */
export function decimalGuesser(): DecimalGuesser {
  let points = 0
  let commas = 0
  let unsure: string | null = null
  return {
    add: (text) => {
      const withPoint = readSheetNumber(text, '.')
      const withComma = readSheetNumber(text, ',')
      if (withPoint !== null && withComma === null) points++
      else if (withComma !== null && withPoint === null) commas++
      else if (withPoint !== withComma) unsure ??= text
    },
    guess: () => {
      if (points === 0 && commas === 0) return { decimal: '.', unsure }
      return { decimal: commas > points ? ',' : '.', unsure: points > 0 && commas > 0 ? unsure : null }
    },
  }
}

/** The same for all values at once. */
export function guessDecimal(texts: Iterable<string>): DecimalGuess {
  const guesser = decimalGuesser()
  for (const text of texts) guesser.add(text)
  return guesser.guess()
}
