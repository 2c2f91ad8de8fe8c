import { Ajv, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'
import { contractFile, readDocument } from '../../../../build/contract.ts'

type Schema = {
  readonly type?: string
  readonly format?: string
  readonly nullable?: boolean
  readonly maxLength?: number
  readonly $ref?: string
  readonly items?: Schema
  readonly 'x-values'?: readonly number[]
  readonly properties?: Readonly<Record<string, Schema>>
}
type Contract = {
  readonly paths: Readonly<
    Record<
      string,
      {
        readonly get: {
          readonly parameters: readonly {
            readonly name: string
            readonly in: string
            readonly schema: Schema
          }[]
          readonly responses: {
            readonly '200': { readonly content: { readonly 'application/json': { readonly schema: Schema } } }
          }
        }
      }
    >
  >
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

/** The reduced document of the vendor. */
export const contract = readDocument(contractFile) as unknown as Contract

/** The schema of an entity by its list's name. */
export function entityOf(
  resource: string,
): Schema & { readonly properties: Readonly<Record<string, Schema>> } {
  const items =
    contract.paths[`/v1/${resource}`]?.get.responses['200'].content['application/json'].schema.items
  const schema = contract.components.schemas[items?.$ref?.split('/').at(-1) ?? '']
  if (!schema?.properties) throw new Error(`The contract has no ${resource}`)
  return { ...schema, properties: schema.properties }
}

/**
 * Checks answers of an operation ("/v1/quote", "/v1/quote/{id}") against the document, stricter than it is: every property must be there, and
 * an enumeration must have one of its values.
 */
export function makeValidator(): (operation: string, answer: unknown) => readonly string[] {
  const ajv = new Ajv({ strict: true, allErrors: true })
  addFormats.default(ajv)
  for (const format of ['int32', 'double'])
    ajv.addFormat(format, { type: 'number', validate: Number.isFinite })
  ajv.addFormat('html', true)
  ajv.addFormat('int32', {
    type: 'number',
    validate: (value) => Number.isInteger(value) && Math.abs(value) < 2 ** 31,
  })
  ajv.addKeyword({
    keyword: 'x-values',
    validate: (values: readonly number[], value: unknown) => value === null || values.includes(Number(value)),
  })
  for (const [name, schema] of Object.entries(contract.components.schemas))
    ajv.addSchema(
      { ...schema, required: Object.keys(schema.properties ?? {}) },
      `#/components/schemas/${name}`,
    )
  const compiled = new Map<string, ValidateFunction>()
  return (operation, answer) => {
    const schema = contract.paths[operation]?.get.responses['200'].content['application/json'].schema
    if (!schema) return [`${operation} is not in the document`]
    const validate = compiled.get(operation) ?? ajv.compile(schema)
    compiled.set(operation, validate)
    if (validate(answer)) return []
    return (validate.errors ?? []).map((error) => `${operation} ${error.instancePath} ${error.message}`)
  }
}
