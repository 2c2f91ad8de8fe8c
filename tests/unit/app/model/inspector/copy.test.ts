import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bashQuoted, copyAs, powerShellQuoted } from '../../../../../app/model/inspector/copy.ts'
import { anExchange, bodyOf } from '../explain/an-exchange.ts'

/** What a real shell makes of the words, each as it reached the program. */
function words(script: string): string[] {
  const out = spawnSync(
    'bash',
    ['-c', `curl() { printf '%s\\0' "$@"; }; printf_all() { curl "$@"; }; ${script}`],
    {
      encoding: 'utf8',
    },
  )
  expect(out.stderr).toBe('')
  return out.stdout.split('\0').slice(0, -1)
}

/** A shell's arguments are bytes without NUL; lone halves of a pair are no text. */
const anyText = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0'))
const nasty = fc.constantFrom(
  "it's",
  '$(reboot)',
  '`id`',
  '"',
  '\\',
  '\n',
  '!x',
  '%PATH%',
  '&',
  '|',
  '-H',
  '••',
)
const quotable = fc.oneof(
  anyText,
  nasty,
  fc.array(nasty).map((parts) => parts.join('')),
)

const exchange = anExchange({
  method: 'POST',
  url: 'https://halo.example/api/Quotation?apikey=••• redacted',
  requestHeaders: [
    ['host', 'halo.example'],
    ['Authorization', 'Bearer ••• redacted'],
    ['content-type', 'application/json'],
    ['content-length', '99'],
    ['x-empty', ''],
  ],
  requestBody: bodyOf('[{"title":"It\'s $5"}]'),
})

describe('copying as cURL', () => {
  it('goes through a real shell unharmed, whatever is in it', () => {
    fc.assert(
      fc.property(fc.array(quotable, { maxLength: 4 }), (texts) => {
        expect(words(`curl ${texts.map(bashQuoted).join(' ')}`)).toEqual(texts.length > 0 ? texts : [''])
      }),
      { numRuns: 60 },
    )
  })

  it('says the same request, with placeholders for secrets', () => {
    expect(words(copyAs('curl', exchange))).toEqual([
      'https://halo.example/api/Quotation?apikey=YOUR_SECRET',
      '-X',
      'POST',
      '-H',
      'Authorization: Bearer YOUR_SECRET',
      '-H',
      'content-type: application/json',
      '-H',
      'x-empty;',
      '--data-raw',
      '[{"title":"It\'s $5"}]',
      '--compressed',
    ])
  })
})

describe('copying as PowerShell', () => {
  it('doubles what PowerShell takes for a single quote', () => {
    expect(powerShellQuoted("It's ‘so’")).toBe("'It''s ‘‘so’’'")
    fc.assert(
      fc.property(quotable, (text) => {
        const quoted = powerShellQuoted(text)
        expect(quoted.slice(1, -1).replace(/(['‘’‚‛])\1/g, '$1').length).toBeLessThanOrEqual(
          quoted.length - 2,
        )
        expect(quoted.slice(1, -1).replace(/(['‘’‚‛])\1/g, '')).not.toMatch(/['‘’‚‛]/)
      }),
    )
  })

  it('gives the type apart from the other headers', () => {
    const command = copyAs('powershell', exchange)
    expect(command).toContain("-Method 'POST'")
    expect(command).toContain("-ContentType 'application/json'")
    expect(command).toContain("'Authorization' = 'Bearer YOUR_SECRET'")
    expect(command).toContain(`-Body '[{"title":"It''s $5"}]'`)
    expect(command).not.toContain('content-length')
  })
})

it('copying as fetch is JavaScript that says the same', () => {
  const code = copyAs('fetch', exchange)
  const asked: unknown[] = []
  const run = new Function('fetch', `return (async () => ${code})()`)
  run((...all: unknown[]) => asked.push(...all))
  expect(asked).toEqual([
    'https://halo.example/api/Quotation?apikey=YOUR_SECRET',
    {
      method: 'POST',
      headers: { Authorization: 'Bearer YOUR_SECRET', 'content-type': 'application/json', 'x-empty': '' },
      body: '[{"title":"It\'s $5"}]',
    },
  ])
})
