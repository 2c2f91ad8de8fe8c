/** The sample API of a measurement, in a process of its own: `fork` it with SampleApiOptions as JSON, then send it questions. */
import { startSampleApi } from '../app/commerce/sample-api/index.ts'

export type ApiQuestion = 'reset' | 'stats' | 'change-ten'
export type ApiAnswer = {
  readonly url: string
  readonly key: string
  readonly requests: number
  readonly rows: number
}

const api = await startSampleApi(JSON.parse(process.argv[2] ?? '{}'))

/** What a full sync may have to read. */
function rows(): number {
  const names = [
    'product',
    'category',
    'customer',
    'contact',
    'customeraddress',
    'quote',
    'quotesection',
    'quoteline',
  ] as const
  return [...names, 'salesorder' as const, 'salesorderline' as const].reduce(
    (sum, name) => sum + api.world.count(name),
    0,
  )
}

function answer(): void {
  process.send?.({
    url: api.url,
    key: api.key,
    requests: api.stats().total,
    rows: rows(),
  } satisfies ApiAnswer)
}

process.on('message', (question: ApiQuestion) => {
  if (question === 'reset') api.resetStats()
  if (question === 'change-ten')
    for (const id of api.world.ids('quote').slice(-10)) api.world.touchQuote(id, { title: 'Changed' })
  answer()
})
process.on('disconnect', () => process.exit(0))
answer()
