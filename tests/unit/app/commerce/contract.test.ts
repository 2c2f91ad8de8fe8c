import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, expectTypeOf, it } from 'vitest'
import type { z } from 'zod'
import type * as vendor from '../../../../app/commerce/contract.gen.ts'
import { resources } from '../../../../app/commerce/resources/index.ts'
import { type Resource, resourceNames } from '../../../../app/commerce/resources/resource.ts'
import type * as model from '../../../../app/model/commerce.ts'
import type * as others from '../../../../app/model/commerce-others.ts'
import {
  contractFile,
  readDocument,
  reduceDocument,
  typesFile,
  writeContract,
  writeTypes,
} from '../../../../build/contract.ts'
import { contract, entityOf } from './contract-validator.ts'

type Property = ReturnType<typeof entityOf>['properties'][string]

/** Any value that the document allows for a property. */
function sampleOf(property: Property): fc.Arbitrary<unknown> {
  const target = property.$ref
    ? contract.components.schemas[property.$ref.split('/').at(-1) ?? '']
    : undefined
  if (target?.properties) return recordOf(target.properties)
  if (property.type === 'array') return fc.array(sampleOf(property.items ?? {}), { maxLength: 3 })
  const plain = plainSample(property)
  return property.nullable ? fc.option(plain) : plain
}

function plainSample(property: Property): fc.Arbitrary<unknown> {
  if (property.type === 'boolean') return fc.boolean()
  if (property.type === 'number') return fc.double({ noNaN: true, noDefaultInfinity: true })
  if (property.type === 'integer') return fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })
  if (property.format === 'date-time')
    return fc.date({ noInvalidDate: true }).map((date) => date.toISOString())
  return fc.string({ unit: 'binary', maxLength: property.maxLength ?? 60 })
}

const recordOf = (properties: Readonly<Record<string, Property>>) =>
  fc.record(Object.fromEntries(Object.entries(properties).map(([name, inner]) => [name, sampleOf(inner)])))

describe('the reduced document', () => {
  it('holds facts and no prose', () => {
    const text = readFileSync(contractFile, 'utf8')
    expect(text).not.toMatch(/"(summary|example|examples|tags|enum)"/)
    expect(text.match(/"description": (?!\{)[^,\n]*/g)).toEqual(Array(39).fill('"description": ""'))
  })

  it('is reduced already', () => {
    const document = readDocument(contractFile)
    expect(writeContract(reduceDocument(document))).toBe(readFileSync(contractFile, 'utf8'))
  })

  it('makes contract.gen.ts', () => {
    expect(readFileSync(typesFile, 'utf8')).toBe(writeTypes(readDocument(contractFile)))
  })

  const folder = process.env.VENDOR_SPECS
  // The document itself is the vendor's and is not kept here: this runs where somebody has it.
  if (folder)
    it("is what the generator makes of the vendor's document", () => {
      const reduced = reduceDocument(readDocument(join(folder, 'kqm-openapi.json')))
      expect(writeContract(reduced)).toBe(readFileSync(contractFile, 'utf8'))
    })

  it('keeps the numbers of an enumeration and drops its labels', () => {
    const schema = { type: 'integer', maxLength: 20, enum: ['0 - Draft', '90 - Declined', '-1 - NotSet'] }
    const document = {
      openapi: '3.0.4',
      paths: {},
      components: { schemas: { A: { properties: { a: schema } } } },
    }
    expect(reduceDocument(document).components).toMatchObject({
      schemas: { A: { properties: { a: { type: 'integer', 'x-values': [0, 90, -1] } } } },
    })
    expect(JSON.stringify(reduceDocument(document))).not.toMatch(/Draft|maxLength/)
  })

  it('refuses a file that is no OpenAPI document', () => {
    expect(() => readDocument(join(import.meta.dirname, '../../../../package.json'))).toThrow(/no OpenAPI/)
  })
})

describe('the resources', () => {
  it('are the lists of the document, each with a single where it has one', () => {
    const operations = resourceNames.flatMap((name) => [
      `/v1/${name}`,
      ...(resources[name].hasSingle ? [`/v1/${name}/{id}`] : []),
    ])
    expect(operations.toSorted()).toEqual(Object.keys(contract.paths).toSorted())
    expect(operations).toHaveLength(39)
  })

  it.each(resourceNames)('%s has the query parameters of the document', (name) => {
    const { parent, exact, since, isPaged, path }: Resource = resources[name]
    const known = [parent?.query, exact?.query, since, ...(isPaged ? ['page', 'pageSize'] : [])]
    const names = contract.paths[path]?.get.parameters.map((parameter) => parameter.name)
    expect(known.filter((query) => query).toSorted()).toEqual(names?.toSorted())
  })

  it.each(resourceNames)('%s has the fields that its filters speak of', (name) => {
    const { parent, exact }: Resource = resources[name]
    const fields = Object.keys(entityOf(name).properties)
    expect(fields).toEqual(expect.arrayContaining([parent?.field, exact?.field].filter((field) => field)))
  })
})

describe('the schemas of the model', () => {
  it.each(resourceNames)('%s has the fields of the document, none missing and none invented', (name) => {
    expect(Object.keys(resources[name].schema.shape).toSorted()).toEqual(
      Object.keys(entityOf(name).properties).toSorted(),
    )
  })

  it.each(resourceNames)(
    '%s reads whatever the document allows, and keeps numbers, text and flags',
    (name) => {
      const { properties } = entityOf(name)
      const { schema }: Resource = resources[name]
      fc.assert(
        fc.property(recordOf(properties), (record) => {
          const read = schema.parse(record) as Record<string, unknown>
          for (const [field, property] of Object.entries(properties)) {
            const sent = record[field]
            if (property.format === 'date-time' || sent === null || typeof sent === 'object') continue
            expect(read[field]).toBe(sent)
          }
        }),
        { numRuns: 40 },
      )
    },
  )

  it('take the types that the vendor documents', () => {
    expectTypeOf<Required<vendor.CustomerModel>>().toExtend<z.input<typeof model.customerSchema>>()
    expectTypeOf<Required<vendor.ContactModel>>().toExtend<z.input<typeof model.contactSchema>>()
    expectTypeOf<Required<vendor.CustomerAddressModel>>().toExtend<
      z.input<typeof model.customerAddressSchema>
    >()
    expectTypeOf<Required<vendor.ProductModel>>().toExtend<z.input<typeof model.productSchema>>()
    expectTypeOf<Required<vendor.CategoryModel>>().toExtend<z.input<typeof model.categorySchema>>()
    expectTypeOf<Required<vendor.QuoteModel>>().toExtend<z.input<typeof model.quoteSchema>>()
    expectTypeOf<Required<vendor.QuoteSectionModel>>().toExtend<z.input<typeof model.quoteSectionSchema>>()
    expectTypeOf<Required<vendor.QuoteLineModel>>().toExtend<z.input<typeof model.quoteLineSchema>>()
    expectTypeOf<Required<vendor.SalesOrderModel>>().toExtend<z.input<typeof model.salesOrderSchema>>()
    expectTypeOf<Required<vendor.SalesOrderPaymentModel>>().toExtend<
      z.input<typeof others.salesOrderPaymentSchema>
    >()
    expectTypeOf<Required<vendor.PurchaseOrderModel>>().toExtend<z.input<typeof others.purchaseOrderSchema>>()
  })

  it('have the names that the vendor documents', () => {
    expectTypeOf<keyof vendor.CustomerModel>().toEqualTypeOf<keyof model.Customer>()
    expectTypeOf<keyof vendor.ContactModel>().toEqualTypeOf<keyof model.Contact>()
    expectTypeOf<keyof vendor.CustomerAddressModel>().toEqualTypeOf<keyof model.CustomerAddress>()
    expectTypeOf<keyof vendor.ProductModel>().toEqualTypeOf<keyof model.Product>()
    expectTypeOf<keyof vendor.CategoryModel>().toEqualTypeOf<keyof model.Category>()
    expectTypeOf<keyof vendor.QuoteModel>().toEqualTypeOf<keyof model.Quote>()
    expectTypeOf<keyof vendor.QuoteSectionModel>().toEqualTypeOf<keyof model.QuoteSection>()
    expectTypeOf<keyof vendor.QuoteLineModel>().toEqualTypeOf<keyof model.QuoteLine>()
    expectTypeOf<keyof vendor.SalesOrderModel>().toEqualTypeOf<keyof model.SalesOrder>()
    expectTypeOf<keyof vendor.SalesOrderLineModel>().toEqualTypeOf<keyof model.SalesOrderLine>()
  })
})
