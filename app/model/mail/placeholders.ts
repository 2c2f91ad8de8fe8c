/** What a template may name in braces, and what it stands for. */
export const placeholders = {
  'quote number': "The quote's number",
  'quote title': "The quote's title",
  client: "The client's name",
  'contact name': "The contact's whole name",
  'contact first name': "The contact's first name",
  total: 'What is paid in all with tax: once, and per month, quarter and year',
  date: 'When the quote was made',
  'expiry date': 'Until when it is valid',
  company: 'The name of your company, from this template',
} as const
export type PlaceholderName = keyof typeof placeholders
export type PlaceholderValues = Readonly<Record<PlaceholderName, string>>

const inBraces = /\{([^{}\n|]*)(?:\|([^{}\n]*))?\}/g
const nameOf = (text: string): string => text.trim().toLowerCase().replace(/\s+/g, ' ')
const isName = (name: string): name is PlaceholderName => Object.hasOwn(placeholders, name)

/** What stands in braces and is no placeholder, as it was written, each once. */
export const unknownPlaceholders = (text: string): readonly string[] => [
  ...new Set(
    [...text.matchAll(inBraces)].filter(([, name = '']) => !isName(nameOf(name))).map(([all]) => all),
  ),
]

/**
 * The text with its placeholders filled. `{contact first name|all}`: what follows the bar stands there when the value is empty. What is no
 * placeholder stays as it is. A value is never read as a template itself.
 */
export const filled = (text: string, values: PlaceholderValues): string =>
  text.replace(inBraces, (all, name: string, otherwise: string | undefined) => {
    const known = nameOf(name)
    return isName(known) ? values[known] || (otherwise ?? '').trim() : all
  })
