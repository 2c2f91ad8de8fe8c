import type { SampleApi } from '../../../../../app/commerce/sample-api/index.ts'
import type { AnyRow } from '../../../../../app/commerce/sample-api/rows.ts'

/** Asks a sample API as a stranger would: status, headers and text, and the text as rows. */
export async function ask(
  api: Pick<SampleApi, 'url' | 'key'>,
  path: string,
  headers: Readonly<Record<string, string>> = { apiKey: api.key },
) {
  const response = await fetch(`${api.url}/v1/${path}`, { headers, redirect: 'manual' })
  const text = await response.text()
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: (): unknown => JSON.parse(text),
    rows: (): AnyRow[] => JSON.parse(text),
    ids: (): number[] => JSON.parse(text).map((row: { id: number }) => row.id),
  }
}

/** Limits that no test reaches. */
export const unlimited = { requestsPerMinute: 100_000, requestsPerDay: 10_000_000 }
