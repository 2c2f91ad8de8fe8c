import type { Fault } from '../../../app/model/fault.ts'
import { explain } from '../../../app/model/fault-words.ts'
import type { UpdateSettings } from '../../../app/model/settings.ts'

export type UpdatesDraft = {
  readonly mode: UpdateSettings['mode']
  readonly hasWindow: boolean
  readonly from: string
  readonly to: string
  readonly feedUrl: string
}

export const draftOf = ({ mode, window, feedUrl }: UpdateSettings): UpdatesDraft => ({
  mode,
  hasWindow: window !== null,
  from: window?.from ?? '22:00',
  to: window?.to ?? '04:00',
  feedUrl,
})

export const settingsOf = ({ mode, hasWindow, from, to, feedUrl }: UpdatesDraft): UpdateSettings => ({
  mode,
  window: hasWindow ? { from, to } : null,
  feedUrl: feedUrl.trim(),
})

export type Wrong = Partial<Record<'window' | 'feedUrl', string>>

export function wrongIn({ mode, hasWindow, from, to, feedUrl }: UpdatesDraft): Wrong {
  const wrong: Wrong = {}
  if (mode === 'automatic' && hasWindow) {
    if (from === '' || to === '') wrong.window = 'Enter both times of day.'
    else if (from === to) wrong.window = 'The hours begin when they end: choose two different times.'
  }
  const feed = feedUrl.trim()
  if (mode !== 'off' && feed !== '' && !(URL.canParse(feed) && new URL(feed).protocol === 'https:'))
    wrong.feedUrl = 'Enter a web address that starts with https://, or nothing.'
  return wrong
}

/** What the engine refused, at its field; null when it is about none of this form's. */
export function refusedAt(fault: Fault): Wrong | null {
  const named = String(fault.facts?.field ?? '').split('.')
  const field = (['window', 'feedUrl'] as const).find((each) => named.includes(each))
  const words = explain(fault)
  return field ? { [field]: `${words.what} ${words.doNow}` } : null
}
