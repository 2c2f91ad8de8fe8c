import {
  type HaloProblemCode,
  haloProblemWords,
  haloSeverities,
  type ProblemSentence,
  type Severity,
} from './halo-problems.ts'
import type { ValueProblem } from './values.ts'

export type { Severity, WordFacts } from './halo-problems.ts'

/** What can be wrong with a row of a spreadsheet, or is worth telling. An error keeps the record from being written; a warning does not. */
export type ProblemCode =
  | ValueProblem
  | 'differs-within-record'
  | 'twice-in-file'
  | 'date-unsure'
  | 'number-unsure'
  | 'from-formula'
  | 'row-hidden'
  | 'total-row'
  | 'lost-zeros'
  | HaloProblemCode
  | 'left-out'

export type Problem = {
  /** The row as the spreadsheet counts. */
  readonly row: number
  /** Key of the field, or null when the whole row is meant. */
  readonly field: string | null
  readonly code: ProblemCode
  readonly severity: Severity
  /** What stands in the cell, cut. */
  readonly value: string
  /** Another row that it collides with; null otherwise. */
  readonly other: number | null
  /** What Halo has that reads like the value, the nearest first. */
  readonly near?: readonly string[]
}

const severities: Readonly<Record<ProblemCode, Severity>> = {
  mandatory: 'error',
  'failed-formula': 'error',
  'no-number': 'error',
  'no-whole-number': 'error',
  'no-date': 'error',
  'no-yes-no': 'error',
  'no-e-mail': 'error',
  'unknown-choice': 'error',
  'too-long': 'error',
  'out-of-range': 'error',
  'differs-within-record': 'error',
  'twice-in-file': 'error',
  'date-unsure': 'error',
  'number-unsure': 'error',
  'from-formula': 'warning',
  'row-hidden': 'warning',
  'total-row': 'warning',
  'lost-zeros': 'warning',
  ...haloSeverities,
  'left-out': 'note',
}

/** A problem with its usual severity. */
export const problem = (
  row: number,
  field: string | null,
  code: ProblemCode,
  value: string,
  other: number | null = null,
): Problem => ({
  row,
  field,
  code,
  severity: severities[code],
  value: value.slice(0, 200).toWellFormed(),
  other,
})

/** What is wrong, in one sentence, and what to do about it in another. */
export const problemWords: Readonly<
  Record<ProblemCode, { readonly what: ProblemSentence; readonly doNow: string }>
> = {
  mandatory: {
    what: (label) => `"${label}" is mandatory and empty.`,
    doNow: 'Fill it in, here or for all such rows at once, or match another column to it.',
  },
  'failed-formula': {
    what: (label, { value }) => `"${label}" is a formula that failed (${value}).`,
    doNow: 'Put the value in its place, here or in the spreadsheet.',
  },
  'no-number': {
    what: (label, { value }) => `"${label}" has to be a number; "${value}" is none.`,
    doNow:
      'Correct the value. If the comma and the point are exchanged, choose the other way for this column.',
  },
  'no-whole-number': {
    what: (label, { value }) => `"${label}" has to be a whole number; "${value}" is none.`,
    doNow: 'Correct the value.',
  },
  'no-date': {
    what: (label, { value }) => `"${label}" has to be a date; "${value}" is none.`,
    doNow: 'Correct the value. If day and month are exchanged, choose the other order for this column.',
  },
  'no-yes-no': {
    what: (label, { value }) => `"${label}" has to be yes or no; "${value}" is neither.`,
    doNow: 'Say for all rows with this value what it means.',
  },
  'no-e-mail': {
    what: (label, { value }) => `"${label}" has to be one e-mail address; "${value}" is none.`,
    doNow: 'Correct the address, or empty it.',
  },
  'unknown-choice': {
    what: (label, { value }, { words }) =>
      `"${label}" has no value "${value}"${words.length > 0 ? `; it can be ${words.join(', ')}` : ''}.`,
    doNow: 'Say for all rows with this value which one it means.',
  },
  'too-long': {
    what: (label, _, { most }) =>
      `"${label}" is too long${most === null ? '' : `: Halo has room for ${most} characters`}.`,
    doNow: 'Shorten it, or have all such values cut.',
  },
  'out-of-range': {
    what: (label, { value }) => `"${label}" is too large a number: ${value}.`,
    doNow: 'Correct the value; perhaps two columns were exchanged.',
  },
  'differs-within-record': {
    what: (label, { value, other }) =>
      `"${label}" is "${value}" here and something else in row ${other ?? '?'} of the same record.`,
    doNow: 'Give all rows of the record the same value.',
  },
  'twice-in-file': {
    what: (label, { value, other }) => `"${label}" "${value}" is already in row ${other ?? '?'}.`,
    doNow: 'Leave out one of the two rows.',
  },
  'date-unsure': {
    what: (label, { value }) => `"${label}" could be day first or month first: "${value}".`,
    doNow: 'Choose the order for this column; it is asked once.',
  },
  'number-unsure': {
    what: (label, { value }) => `"${label}" could be read in two ways: "${value}".`,
    doNow: 'Choose which character parts the fraction in this column; it is asked once.',
  },
  'from-formula': {
    what: (label) => `"${label}" comes from a formula; the value is the one that was last saved.`,
    doNow: 'Nothing, if the spreadsheet was saved after its last change.',
  },
  'row-hidden': {
    what: () => 'The row is hidden in the spreadsheet.',
    doNow: 'Leave it out if it was hidden on purpose.',
  },
  'total-row': {
    what: () => 'The row looks like a total; it was left out.',
    doNow: 'Nothing, unless it is a record after all.',
  },
  'lost-zeros': {
    what: (label, { value }) =>
      `"${label}" is a number in the spreadsheet (${value}): zeros that it began with are lost.`,
    doNow: 'If there were any, format the column as text in the spreadsheet and enter them again.',
  },
  ...haloProblemWords,
  'left-out': {
    what: () => 'Left out by you: the row is not imported.',
    doNow: 'Nothing, unless it is to be imported after all.',
  },
}
