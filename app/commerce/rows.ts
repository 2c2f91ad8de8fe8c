import type { z } from 'zod'
import { resources } from './resources/index.ts'
import type { Resource, ResourceName } from './resources/resource.ts'

/** A record as the model's schema reads it. */
type Parsed<Name extends ResourceName> = z.output<(typeof resources)[Name]['schema']>

/** A record that follows its schema. */
export type CommerceRow<Name extends ResourceName = ResourceName> = {
  /** 0 where the vendor gives none (productimage). */
  readonly id: number
  readonly parentId: number | null
  /** UTC ISO; null where the list has no dates (quotesection) or the record none. */
  readonly modifiedAt: string | null
  /** As it was sent. */
  readonly raw: unknown
  readonly parsed: Parsed<Name>
}

/** A record that breaks its schema; the rest of its page is not harmed. */
export type BadRow = {
  readonly id: number | null
  readonly raw: unknown
  /** "price: Invalid input: expected number, received string". */
  readonly problems: readonly string[]
}

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
const idIn = (value: unknown, name: string): number | null => {
  const found = fieldOf(value, name)
  return Number.isInteger(found) ? Number(found) : null
}

/** The id and the parent's id that a record claims, whether or not the rest of it can be read. */
export const claimsOf = (resource: Resource, raw: unknown) => ({
  id: idIn(raw, 'id'),
  parentId: resource.parent?.field ? idIn(raw, resource.parent.field) : null,
})

/** Reads one record by its schema. */
export function readRow<Name extends ResourceName>(name: Name, raw: unknown): CommerceRow<Name> | BadRow {
  const resource: Resource = resources[name]
  const { id, parentId } = claimsOf(resource, raw)
  const read = resource.schema.safeParse(raw)
  if (!read.success) {
    const problems = read.error.issues.map((issue) => `${issue.path.join('.') || 'record'}: ${issue.message}`)
    return { id, raw, problems }
  }
  const modified = fieldOf(read.data, 'modifiedDate')
  const modifiedAt = typeof modified === 'string' ? modified : null
  return { id: id ?? 0, parentId, modifiedAt, raw, parsed: read.data as Parsed<Name> }
}
