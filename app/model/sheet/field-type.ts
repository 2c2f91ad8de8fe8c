/** What a column of a spreadsheet may hold. */
export type SheetFieldType =
  | 'text'
  | 'long text'
  | 'e-mail'
  | 'whole number'
  | 'number'
  | 'money'
  | 'percent'
  | 'date'
  | 'yes/no'
  | 'choice'

/** A value that a choice may have: what a template lists, what else people write for it, and what it stands for. */
export type SheetChoice = {
  readonly word: string
  readonly value: number
  readonly also: readonly string[]
}

/** One column that can be imported. */
export type SheetField = {
  /** Unique within its entity. */
  readonly key: string
  /** The heading in a template, and what a screen calls it. */
  readonly label: string
  readonly type: SheetFieldType
  readonly isMandatory: boolean
  /** Whether it belongs to the record (and is the same in all of its rows) or to one of its lines. */
  readonly of: 'record' | 'line'
  /** One sentence for the template's notes and the matching screen. */
  readonly meaning: string
  readonly example: string
  /** Other headings that mean it, in lower case. */
  readonly synonyms: readonly string[]
  /** Characters; null where there is no limit or no text. */
  readonly maxLength: number | null
  /** For a choice. */
  readonly choices: readonly SheetChoice[]
  /** For a choice of a custom field: whether Halo keeps its number or its word. */
  readonly keeps?: 'id' | 'word'
}

type More = Partial<Pick<SheetField, 'isMandatory' | 'of' | 'synonyms' | 'maxLength' | 'choices'>>

/** A field in one line of a list. */
export const field = (
  key: string,
  label: string,
  type: SheetFieldType,
  meaning: string,
  example: string,
  more: More = {},
): SheetField => ({
  key,
  label,
  type,
  meaning,
  example,
  isMandatory: false,
  of: 'record',
  synonyms: [],
  maxLength: null,
  choices: [],
  ...more,
})
