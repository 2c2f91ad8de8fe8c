import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { htmlToText } from '../../../../app/model/html.ts'
import { decodeEntities } from '../../../../app/model/html-entities.ts'

describe('htmlToText', () => {
  test.each([
    ['paragraphs', '<p>One</p>\n<p>Two &amp; three</p>', 'One\nTwo & three'],
    ['line breaks', 'One<br>Two<br/>Three<BR />Four', 'One\nTwo\nThree\nFour'],
    ['lists', '<ul><li>Disk</li><li><p>Fan</p></li></ul>After', '- Disk\n- Fan\nAfter'],
    ['lists without ends', '<ul><li>Disk<li>Fan</ul>', '- Disk\n- Fan'],
    [
      'tables',
      '<table><tr><th>CPU</th><td>i7</td></tr><tr><td>RAM</td><td> 16 GB </td></tr></table>',
      'CPU | i7\nRAM | 16 GB',
    ],
    ['inline elements', 'A <b>very</b> <i>good</i> one', 'A very good one'],
    ['white space', '<div>  a \n\n  b\t c </div>', 'a b c'],
    ['scripts and styles', 'a<script>if (1<2) alert("x")</script><style>p{}</style>b<p>', 'ab'],
    ['comments and declarations', '<!DOCTYPE html><!-- <p>no</p> --><p>yes</p><?xml ?>', 'yes'],
    ['attributes with brackets', '<a title="x > y" href=\'>\'>link</a>', 'link'],
    ['a self-closed script', '<p>a<script src="x"/>b</p>', 'ab'],
    ['no tags at all', 'Fish &amp; chips\n2 lines', 'Fish & chips\n2 lines'],
    ['an empty list', '<ul><li></li></ul>', ''],
    ['headings', '<h1>Title</h1>Text<hr>More', 'Title\nText\nMore'],
  ])('reads %s', (_name, html, expected) => {
    expect(htmlToText(html)).toBe(expected)
  })

  test.each([
    ['<p>open <b>bold', 'open bold'],
    ['<p>a < b and c > d</p>', 'a < b and c > d'],
    ['<p>before <a href="never closed', 'before <a href="never closed'],
    ['<p>x</p><script>never ends', 'x'],
    ['<p>x</p><!-- never ends', 'x'],
    ['</p></p></div>text<p>', 'text'],
    ['<p><</p>', '<'],
    ['<p>1 <2 <b>3</b>', '1 <2 3'],
  ])('survives %s', (html, expected) => {
    expect(htmlToText(html)).toBe(expected)
  })

  test('never throws', () => {
    const parts = fc.constantFrom(
      '<',
      '>',
      '"',
      "'",
      '<p>',
      '</p',
      '<script',
      '</script>',
      '<!--',
      '-->',
      '&',
      '#',
      ';',
      'a',
      ' ',
      '\n',
      '<td',
      '=',
    )
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 60 }), (all) => {
        expect(typeof htmlToText(all.join(''))).toBe('string')
      }),
    )
  })

  // No clock here: with quadratic work each of these would run for minutes and the test would end at its time limit.
  test.each([
    ['opening brackets', '<'],
    ['open tags', '<a'],
    ['open tags in quotes', '<a "'],
    ['mixed quotes', "<a \"'<b '"],
    ['three quotes', '<a """'],
    ['drifting quotes', '<a "\'"<b \'"\' <i'],
    ['comments', '<!--'],
    ['scripts', '<script>'],
    ['blanks', ' '],
    ['blanks by number', '&#32;'],
    ['list items', '<li>'],
    ['cells', '<td>'],
    ['entities', '&lt;'],
    ['ampersands', '&'],
    ['broken ends', '</script '],
    ['line breaks', '\n'],
    ['tags', '<b>'],
    ['blank and letter', '  x'],
  ])('takes a million characters of %s', (_name, piece) => {
    const text = `<p>${piece.repeat(Math.ceil(1_000_000 / piece.length))}`
    expect(typeof htmlToText(text)).toBe('string')
  })
})

describe('decodeEntities', () => {
  test.each([
    ['&amp;lt;', '&lt;'],
    ['&#65;&#x42;&#X43', 'ABC'],
    ['&eacute;&Eacute;&EACUTE;', 'éÉé'],
    ['&unknown; &', '&unknown; &'],
    ['&#150;&#128;&#129;', '–€'],
    ['&#0;&#xD800;&#99999999;&#x110000;', ''],
    ['a&nbsp;b', 'a b'],
    ['&copy2024', '&copy2024'],
    ['&trade;', '™'],
  ])('%s is %s', (text, expected) => {
    expect(decodeEntities(text)).toBe(expected)
  })
})
