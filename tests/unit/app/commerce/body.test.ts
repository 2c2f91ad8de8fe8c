import { describe, expect, it } from 'vitest'
import { readJson } from '../../../../app/commerce/body.ts'
import { createRedactor } from '../../../../app/http/redact.ts'

const read = (body: string, secrets: string[] = []) =>
  readJson({ status: 200, body }, createRedactor(secrets))

describe('the text of an answer', () => {
  it.each([
    ['[]', []],
    [' \r\n[{"id":1}]\n', [{ id: 1 }]],
    ['{"a":"ü"}', { a: 'ü' }],
    ['null', null],
  ])('%j is JSON', (body, value) => {
    expect(read(body)).toEqual({ ok: true, value })
  })

  it.each(['', '   ', '[', '[{"id":1},', '[{"id":1}]]', '{"a":"unfin', '"half'])(
    '%j is broken JSON',
    (body) => {
      expect(read(body)).toMatchObject({ ok: false, fault: { code: 'json-broken', facts: { status: 200 } } })
    },
  )

  it.each(['<!DOCTYPE html><p>', '<html>', 'Bad gateway', 'undefined', 'NaN'])('%j is no JSON', (body) => {
    expect(read(body)).toMatchObject({ ok: false, fault: { code: 'not-json', raw: body } })
  })

  it('is shown in part, and never with a secret, not even half of one at the cut', () => {
    const key = 'planted-key-123456'
    for (let before = 270; before < 310; before++) {
      const result = read(`<${'x'.repeat(before)}${key} and more`, [key])
      const raw = result.ok ? '' : (result.fault.raw ?? '')
      expect(raw.length).toBeLessThanOrEqual(300)
      expect(raw).not.toMatch(/plan|ted-|key-|123/)
    }
  })

  it('that breaks is not quoted with a secret in it', () => {
    const result = read('{"planted-key-123456', ['planted-key-123456'])
    expect(JSON.stringify(result)).not.toContain('planted')
  })
})
