/**
 * Turns the vendor's OpenAPI document into what the repository keeps of it: facts without prose.
 * `node build/contract.ts DOCUMENT` writes tests/fixtures/contracts/kqm.json and app/commerce/contract.gen.ts.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

type Json = null | boolean | number | string | readonly Json[] | JsonObject
type JsonObject = { readonly [name: string]: Json }

export const contractFile = fileURLToPath(new URL('../tests/fixtures/contracts/kqm.json', import.meta.url))
export const typesFile = fileURLToPath(new URL('../app/commerce/contract.gen.ts', import.meta.url))

const keptOfProperty = ['type', 'format', '$ref', 'maxLength', 'nullable', 'default', 'x-values'] as const

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const objectOf = (value: Json | undefined): JsonObject => (isObject(value) ? value : {})
const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : [])

/**
 * A schema without prose. The document lists an integer's values as labels ("3 - Won"), which no validator can accept beside
 * `type: integer`, so `enum` becomes the numbers alone in `x-values`; `maxLength` of a number and .NET's own format "Enumeration"
 * say nothing to a validator and go, too.
 */
function reduceSchema(schema: JsonObject): JsonObject {
  const out: Record<string, Json> = {}
  for (const name of keptOfProperty) {
    const value = schema[name]
    if (value === undefined) continue
    if (name === 'maxLength' && schema.type !== 'string') continue
    out[name] = name === 'format' && value === 'Enumeration' ? 'int32' : value
  }
  if (isObject(schema.items)) out.items = reduceSchema(schema.items)
  const labels = listOf(schema.enum).filter((label) => typeof label === 'string')
  if (labels.length > 0) out['x-values'] = labels.map((label) => Number.parseInt(label, 10))
  if (isObject(schema.properties)) {
    const properties = Object.entries(schema.properties)
    out.properties = Object.fromEntries(properties.map(([name, p]) => [name, reduceSchema(objectOf(p))]))
    out.additionalProperties = false
  }
  return out
}

function reduceParameter(parameter: JsonObject): JsonObject {
  const base = { name: parameter.name ?? '', in: parameter.in ?? '' }
  const required = parameter.required === true ? { required: true } : {}
  return { ...base, ...required, schema: reduceSchema(objectOf(parameter.schema)) }
}

function reduceOperation(operation: JsonObject): JsonObject {
  const answer = objectOf(objectOf(operation.responses)['200'])
  const schema = objectOf(objectOf(objectOf(answer.content)['application/json']).schema)
  return {
    parameters: listOf(operation.parameters).map((parameter) => reduceParameter(objectOf(parameter))),
    // OpenAPI demands the word, so it is there, and empty.
    responses: {
      '200': { description: '', content: { 'application/json': { schema: reduceSchema(schema) } } },
    },
  }
}

const mapObject = (value: JsonObject, change: (inner: JsonObject) => Json): JsonObject =>
  Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, change(objectOf(inner))]))

/** The facts of an OpenAPI 3 document as a valid OpenAPI 3 document; reducing twice changes nothing. */
export function reduceDocument(document: JsonObject): JsonObject {
  const components = objectOf(document.components)
  const version = objectOf(document.info).version ?? ''
  const security = objectOf(objectOf(components.securitySchemes).apiKey)
  const key = { type: security.type ?? '', name: security.name ?? '', in: security.in ?? '' }
  return {
    openapi: document.openapi ?? '',
    info: { title: 'Kaseya Quote Manager', version },
    paths: mapObject(objectOf(document.paths), (path) => mapObject(path, reduceOperation)),
    components: {
      schemas: mapObject(objectOf(components.schemas), reduceSchema),
      securitySchemes: { apiKey: key },
    },
  }
}

function typeOf(schema: JsonObject): string {
  if (typeof schema.$ref === 'string') return schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1)
  if (schema.type === 'array') return `readonly ${typeOf(objectOf(schema.items))}[]`
  return schema.type === 'integer' || schema.type === 'number' ? 'number' : String(schema.type)
}

/** One TypeScript interface a schema of a reduced document. Nothing is required, because the document requires nothing. */
export function writeTypes(reduced: JsonObject): string {
  const schemas = Object.entries(objectOf(objectOf(reduced.components).schemas))
  const interfaces = schemas.map(([name, schema]) => {
    const fields = Object.entries(objectOf(objectOf(schema).properties)).map(([field, inner]) => {
      const property = objectOf(inner)
      return `  readonly ${field}?: ${typeOf(property)}${property.nullable === true ? ' | null' : ''}`
    })
    return `export interface ${name} {\n${fields.join('\n')}\n}\n`
  })
  const head =
    '/** What the vendor documents of each entity, made by build/contract.ts. Do not edit: run it again. Dates are text. */\n\n'
  return head + interfaces.join('\n')
}

/** The reduced document as text. */
export const writeContract = (reduced: JsonObject): string => `${JSON.stringify(reduced, null, 1)}\n`

/** Reads an OpenAPI document (JSON); throws when the file is none. */
export function readDocument(file: string): JsonObject {
  const document: Json = JSON.parse(readFileSync(file, 'utf8'))
  if (!isObject(document) || !isObject(document.paths)) throw new Error(`${file} is no OpenAPI document`)
  return document
}

if (import.meta.main) {
  const file = process.argv[2]
  if (file === undefined) throw new Error('Usage: node build/contract.ts DOCUMENT')
  const reduced = reduceDocument(readDocument(file))
  writeFileSync(contractFile, writeContract(reduced))
  writeFileSync(typesFile, writeTypes(reduced))
}
