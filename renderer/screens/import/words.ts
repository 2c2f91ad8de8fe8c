import type { ColumnMatch, MatchReason } from '../../../app/model/sheet/match.ts'
import type { Tone } from '../../ui/mark.tsx'
import type { ImportBrief } from './asks.ts'

export const stateWords: Readonly<
  Record<ImportBrief['state'], { readonly word: string; readonly tone: Tone }>
> = {
  draft: { word: 'Draft', tone: 'quiet' },
  running: { word: 'Running', tone: 'busy' },
  begun: { word: 'Not finished', tone: 'heals' },
  done: { word: 'Done', tone: 'good' },
  undoing: { word: 'Being undone', tone: 'busy' },
  'half-undone': { word: 'Partly undone', tone: 'heals' },
  undone: { word: 'Undone', tone: 'quiet' },
}

const reasonWords: Readonly<Record<MatchReason, string>> = {
  remembered: 'as the last time',
  'same name': 'same name',
  synonym: 'another word for it',
  'similar name': 'similar name',
  content: 'by its values',
  chosen: 'chosen',
}

/** "similar name, 62 % sure" */
export const matchWords = ({ reason, certainty }: ColumnMatch): string =>
  `${reasonWords[reason]}, ${Math.round(certainty * 100)} % sure`

export const existingWords = {
  skip: 'Leave them as they are',
  update: 'Update them; an empty cell changes nothing',
  fill: 'Fill only what is empty in Halo',
} as const

export const customerByWords = {
  name: 'its name',
  number: 'its account number',
  haloId: 'its id in Halo',
} as const
