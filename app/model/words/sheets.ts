import type { FaultCode } from '../fault.ts'
import { say, type WordsFor } from './say.ts'

export type SheetCode = Extract<FaultCode, `sheet-${string}` | `undo-${string}` | 'row-invalid'>

const file = (f: Parameters<typeof say>[0]): string => say(f, 'file', 'The file $', 'The file')

const record = (f: Parameters<typeof say>[0]): string => say(f, 'label', '"$"', 'The record')

/** A spreadsheet to import, and an import that is undone. */
export const sheetWords: WordsFor<SheetCode> = {
  'row-invalid': {
    what: (f) => `Row${say(f, 'row', ' $')} of the spreadsheet was not imported${say(f, 'problem', ': $')}.`,
    doNow: () => 'Correct it in the import, or in the file with the rows that failed, and import them again.',
  },
  'sheet-missing': {
    what: (f) => `${file(f)} cannot be opened${say(f, 'reason', ': $')}.`,
    doNow: () =>
      'Check that it is still there, that it is not open in another program, and that the account that runs this program may read it; a copy on a local disk always can be.',
  },
  'sheet-unknown': {
    what: (f) => `${file(f)} is no spreadsheet that can be read here${say(f, 'found', ': it is $')}.`,
    doNow: () =>
      'Open it in the program it came from and save it as an Excel workbook (xlsx) or as CSV, then choose that file.',
  },
  'sheet-locked': {
    what: (f) => `${file(f)} is protected by a password.`,
    doNow: () => 'Open it, remove the password (File, Info, Protect Workbook), save it and choose it again.',
  },
  'sheet-macros': {
    what: (f) => `${file(f)} contains macros.`,
    doNow: () => 'Save it as an ordinary workbook (xlsx), which carries none, and choose that file.',
  },
  'sheet-damaged': {
    what: (f) => `${file(f)} is damaged or incomplete${say(f, 'problem', ': $')}.`,
    doNow: () =>
      'Get the file anew from where it came. If it opens in a spreadsheet program, save it there as an Excel workbook (xlsx) and choose that file.',
  },
  'sheet-too-large': {
    what: (f) => `${file(f)} is too large${say(f, 'problem', ': $')}${say(f, 'most', ' (at most $)')}.`,
    doNow: () => 'Split it into several files, or save only the sheet to import as CSV and import that.',
  },
  'sheet-unsafe': {
    what: (f) =>
      `${file(f)} is built in a way that could harm this computer${say(f, 'problem', ': $')}. It was not read.`,
    doNow: () =>
      'Ask whoever sent it. If it is yours, open it in a spreadsheet program and save it anew as an Excel workbook (xlsx).',
  },
  'sheet-empty': {
    what: (f) =>
      `${say(f, 'sheet', 'The sheet "$"', file(f))}${say(f, 'sheet', say(f, 'file', ' of $'))} has no rows.`,
    doNow: () => 'Choose another sheet or file.',
  },
  'sheet-not-all-good': {
    what: (f) =>
      `Nothing was imported: ${say(f, 'errors', '$', 'some')} of ${say(f, 'records', '$', 'the')} records have errors, and the import is to import nothing unless every row is good.`,
    doNow: () =>
      'Correct them in the step of the check or leave their rows out, or switch that off: then those with errors are left out.',
  },
  'sheet-slow': {
    what: (f) => `Reading ${say(f, 'file', 'the file $', 'the file')} took too long and was given up.`,
    doNow: () =>
      'Save it as an Excel workbook (xlsx) or as CSV in a spreadsheet program and choose that file.',
  },
  'undo-changed': {
    what: (f) =>
      `${record(f)} was changed since it was imported${say(f, 'field', ' ($)')}, so it was left in Halo.`,
    doNow: () =>
      'If it is not wanted, delete it in Halo; the undo never removes what somebody has worked on.',
  },
  'undo-related': {
    what: (f) =>
      `${say(f, 'by', '$', 'Something else')} in Halo refers to ${say(f, 'label', '"$"', 'the record')}, so it was left there.`,
    doNow: () => 'Remove what refers to it, then undo the import once more; or leave both.',
  },
  'undo-synced': {
    what: (f) => `${record(f)} is kept up to date by a sync by now, so it was left in Halo.`,
    doNow: () =>
      'Nothing needs to be done: it is a record of Datto Commerce, and the sync would bring it again.',
  },
  'undo-blind': {
    what: () =>
      'Whether anything in Halo refers to what was imported cannot be told: the API application may not ask reports. Nothing was removed.',
    doNow: () =>
      'Have a Halo administrator give the agent behind the API application the right to create reports, then undo the import again.',
  },
}
