import { expect, test } from 'vitest'
import { type RunLogEvent, sayLogLine } from '../../../../app/model/run-story.ts'

test.each([
  ['list read', { resource: 'quoteline', rows: 1, requests: 3 }, 'Read quote lines: 1 row in 3 requests.'],
  [
    'reading a list',
    { resource: 'quote', since: '2026-05-01T00:00:00.000Z' },
    'Reading quotes, changed since 2026-05-01T00:00:00.000Z.',
  ],
  [
    'written',
    { entity: 'quotes', created: 2, failed: 1, updated: 0 },
    'Done with quotes: 2 created, 1 failed.',
  ],
  ['written', { entity: 'quotes' }, 'Done with quotes: nothing to do.'],
  ['record failed', { label: 'Q1', problem: 'No customer.' }, '"Q1" failed: No customer.'],
  ['run ended', { outcome: 'done', requests: 1 }, 'The run ended: done, 1 request.'],
] as const)('%s is said in a sentence', (what, facts, words) => {
  expect(sayLogLine({ what, facts })).toBe(words)
})

test('an event of a newer program is shown by its name, and a missing fact leaves no gap that breaks', () => {
  expect(sayLogLine({ what: 'something new' as RunLogEvent, facts: {} })).toBe('Something new')
  expect(sayLogLine({ what: 'list read', facts: {} })).toBe('Read : 0 rows in 0 requests.')
})
