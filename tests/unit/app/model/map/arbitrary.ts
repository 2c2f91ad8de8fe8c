import fc from 'fast-check'
import type { z } from 'zod'

/** The parts of a zod definition that are read here. */
type Definition = {
  readonly type: string
  readonly format?: string
  readonly shape?: Readonly<Record<string, z.ZodType>>
  readonly in?: z.ZodType
  readonly innerType?: z.ZodType
  readonly element?: z.ZodType
  readonly options?: readonly z.ZodType[]
}

const pieces = fc.constantFrom(
  '',
  ' ',
  '<p>',
  '</p>',
  '<br>',
  '<li>',
  '<script>',
  '&lt;',
  '&amp;',
  '<',
  '>',
  '\n',
  '\u0000',
  '\u202e',
  '👩‍👩‍👧',
  'e\u0301',
  '\ud800',
  'Server',
  'a@b.example',
  '0001-01-01T00:00:00',
  '2026-03-01T10:00:00',
  '3 - Won',
  '{',
  '%',
  '"',
  "'",
  ';',
  'x'.repeat(700),
  '☃'.repeat(300),
) // prettier-ignore

const text = fc.oneof(
  fc.array(pieces, { maxLength: 6 }).map((all) => all.join('')),
  fc.string({ unit: 'binary', maxLength: 40 }),
)
const whole = fc.oneof(fc.integer({ min: -2, max: 8 }), fc.integer(), fc.maxSafeInteger())
const amount = fc.oneof(
  fc.integer({ min: -100_000, max: 10_000_000 }).map((each) => each / 100),
  fc.constantFrom(0, -0, 1e-9, 0.1 + 0.2, 1e15, -1e15, 1e308, -1e308, 5e-324),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
)

function raw(schema: z.ZodType): fc.Arbitrary<unknown> {
  const def = schema._zod.def as unknown as Definition
  switch (def.type) {
    case 'object':
      return fc.record(
        Object.fromEntries(Object.entries(def.shape ?? {}).map(([key, each]) => [key, raw(each)])),
      )
    case 'pipe':
      return raw(needed(def.in))
    case 'optional':
      return fc.option(raw(needed(def.innerType)), { nil: undefined, freq: 8 })
    case 'nullable':
      return fc.option(raw(needed(def.innerType)), { nil: null, freq: 8 })
    case 'union':
      return fc.oneof(...(def.options ?? []).map(raw))
    case 'array':
      return fc.array(raw(needed(def.element)), { maxLength: 3 })
    case 'string':
      return text
    case 'boolean':
      return fc.boolean()
    case 'number':
      return def.format === 'safeint' ? whole : amount
    default:
      throw new Error(`no arbitrary for zod's ${def.type}`)
  }
}

function needed(schema: z.ZodType | undefined): z.ZodType {
  if (!schema) throw new Error('zod keeps its definitions in another way now')
  return schema
}

/** Anything that the schema accepts, as it comes out of it. */
export const anyOf = <T extends z.ZodType>(schema: T): fc.Arbitrary<z.infer<T>> =>
  raw(schema).map((each) => schema.parse(each))
