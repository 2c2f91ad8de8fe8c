import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  cleanLine,
  cleanText,
  cutText,
  normalEmail,
  readableText,
  splitName,
} from '../../../../app/model/text.ts'

const wild = fc.string({ unit: 'binary', maxLength: 300 })

describe('cleanText', () => {
  test.each([
    ['a\u0000b\u0007c\u001b[31m', 'abc[31m'],
    ['one\r\ntwo\rthree\u2028four', 'one\ntwo\nthree\nfour'],
    ['tab\there', 'tab here'],
    ['  trailing  \n  kept indent', 'trailing\n  kept indent'],
    ['evil\u202Etxt.exe', 'eviltxt.exe'],
    ['\ufeffstart', 'start'],
    ['a\ud800b', 'a\ufffdb'],
    ['👩‍👩‍👧 family', '👩‍👩‍👧 family'],
    ['  plain text ', 'plain text'],
    ['a\u007fb', 'ab'],
  ])('%j becomes %j', (text, expected) => {
    expect(cleanText(text)).toBe(expected)
  })

  test('leaves no control character but line breaks, and nothing to do twice', () => {
    fc.assert(
      fc.property(wild, (text) => {
        const clean = cleanText(text)
        expect(clean).not.toMatch(/[^\P{Cc}\n]/u)
        expect(clean.isWellFormed()).toBe(true)
        expect(cleanText(clean)).toBe(clean)
        expect(cleanLine(text)).not.toContain('\n')
      }),
    )
  })
})

describe('readableText', () => {
  test('keeps the lines of plain text, comparisons and ampersands', () => {
    expect(readableText('5 < 6 & 7 > 2\n\nDell R740\n - 2 CPU')).toBe('5 < 6 & 7 > 2\n\nDell R740\n - 2 CPU')
    expect(readableText('I <3 disks')).toBe('I <3 disks')
  })

  test.each([
    ['&lt;script&gt;alert(1)&lt;/script&gt;', '< script>alert(1)< /script>'],
    ['<<b>script>alert(1)', '< script>alert(1)'],
    ['<scr<script>x</script>ipt>alert(1)</script>', '< script>alert(1)'],
    ['<img src=x onerror=alert(1)>', ''],
    ['<a href="javascript:alert(1)">go</a>', 'go'],
    ['<svg onload=alert(1)><text>x</text></svg>after', 'after'],
  ])('%s leaves nothing to run', (html, expected) => {
    expect(readableText(html)).toBe(expected)
  })

  test('is cut where asked', () => {
    expect(readableText('<p>Hello <b>world</b></p>', 7)).toBe('Hello w')
  })

  test('never leaves what looks like a tag, and never throws', () => {
    const tricky = fc.array(
      fc.oneof(
        fc.constantFrom(
          '<',
          '>',
          '</',
          '<script>',
          '</script>',
          '&lt;',
          '&#60;',
          '&#x3c',
          '<!--',
          '-->',
          '"',
          "'",
          '<b',
          '/',
          '!',
          'p',
          ' ',
          '\n',
          '&amp;',
          '<td>',
          '<li>',
          '\u0000',
        ),
        wild,
      ),
      { maxLength: 40 },
    )
    fc.assert(
      fc.property(tricky, (parts) => {
        expect(readableText(parts.join(''))).not.toMatch(/<[a-z/!?]/i)
      }),
      { numRuns: 500 },
    )
  })
})

describe('cutText', () => {
  test.each([
    ['hello', 5, 'hello'],
    ['hello', 4, 'hell'],
    ['hello', 0, ''],
    ['ab cd', 3, 'ab'],
    ['e\u0301e\u0301e\u0301', 3, 'e\u0301'],
    ['ok👍🏽', 4, 'ok'],
    ['x👩‍👩‍👧y', 5, 'x'],
    ['🇩🇪🇫🇷', 6, '🇩🇪'],
    ['👩‍👩‍👧', 4, '👩‍'],
  ])('%j to %d is %j', (text, limit, expected) => {
    expect(cutText(text, limit)).toBe(expected)
  })

  test('is a well-formed beginning no longer than asked', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.nat(120), (text, limit) => {
        const cut = cutText(text, limit)
        expect(cut.length).toBeLessThanOrEqual(limit)
        expect(text.startsWith(cut)).toBe(true)
        expect(cut.isWellFormed()).toBe(true)
      }),
    )
  })
})

describe('normalEmail', () => {
  test.each([
    [' Ada@Example.COM ', 'ada@example.com'],
    ['Ada Lovelace <ada@example.com>', 'ada@example.com'],
    ['mailto:ada@example.com', 'ada@example.com'],
    ['ada@example.com; bob@example.com', 'ada@example.com'],
    ['n/a', ''],
    ['', ''],
    ['a@b@c', ''],
    ['@example.com', ''],
    ['ada@', ''],
    ['ada@.', ''],
    ['jürgen@bücher.example', 'jürgen@bücher.example'],
    ['it@localhost', 'it@localhost'],
    [`${'x'.repeat(300)}@example.com`, ''],
  ])('%j is %j', (text, expected) => {
    expect(normalEmail(text)).toBe(expected)
  })

  test('is stable', () => {
    fc.assert(
      fc.property(fc.oneof(fc.emailAddress(), wild), (text) => {
        expect(normalEmail(normalEmail(text))).toBe(normalEmail(text))
      }),
    )
  })
})

describe('splitName', () => {
  test.each([
    ['Ada Lovelace', 'Ada', 'Lovelace'],
    ['Lovelace, Ada', 'Ada', 'Lovelace'],
    ['Vincent van Gogh', 'Vincent', 'van Gogh'],
    ['Madonna', 'Madonna', ''],
    ['  Ada   Lovelace ', 'Ada', 'Lovelace'],
    ['Smith, Jones, Ltd', 'Smith,', 'Jones, Ltd'],
    ['', '', ''],
    [',', ',', ''],
  ])('%j is %j and %j', (name, first, last) => {
    expect(splitName(name)).toEqual({ first, last })
  })
})
