import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { haloContractFile, reduceHaloDocument, writeHaloContract } from '../../../build/halo-contract.ts'
import { notInContract } from '../../fake-halo/contract.ts'

const text = readFileSync(haloContractFile, 'utf8')

describe('the reduced document of Halo', () => {
  it('holds names and types, and no prose', () => {
    expect(text).not.toMatch(/description|example/)
    for (const value of text.matchAll(/: "([^"]*)"/g)) expect(value[1]).toMatch(/^\[?[\w-]+\]?$/)
  })

  it('has every schema that it names', () => {
    const contract = JSON.parse(text) as { schemas: Record<string, Record<string, string>> }
    const plain = ['integer', 'number', 'string', 'boolean', 'date-time', 'any']
    const named = Object.values(contract.schemas).flatMap((properties) => Object.values(properties))
    for (const type of named.map((one) => one.replace(/[[\]]/g, ''))) {
      expect(plain.includes(type) || type in contract.schemas).toBe(true)
    }
  })

  const folder = process.env.VENDOR_SPECS
  // The document itself is the vendor's and is not kept here: this runs where somebody has it.
  if (folder)
    it("is what the generator makes of the vendor's document", () => {
      const document = readFileSync(join(folder, 'halopsa-openapi.json'), 'utf8')
      expect(writeHaloContract(reduceHaloDocument(document))).toBe(text)
    })

  it('refuses a document without what is used', () => {
    expect(() => reduceHaloDocument('{"paths":{},"components":{"schemas":{}}}')).toThrow(/has no \/AuthInfo/)
  })
})

describe('a request', () => {
  const query = (text: string) => new URLSearchParams(text)
  it.each([
    ['GET', '/Client', 'pageinate=true&page_no=1&page_size=100', null, 0],
    ['GET', '/client/12', 'includedetails=true', null, 0],
    ['GET', '/Client', 'page_no=one', null, 1],
    ['GET', '/Client', 'modifiedAfter=2026-01-01', null, 1],
    ['GET', '/Nothing', '', null, 1],
    ['POST', '/Client', '', [{ name: 'A', customfields: [{ id: 1, name: 'CFx', value: true }] }], 0],
    ['POST', '/Client', '', { name: 'A' }, 1],
    ['POST', '/Client', '', [{ nome: 'A' }, { name: 5 }], 2],
    ['POST', '/Quotation', '', [{ lines: [{ price: 1.5, cost: 1 }] }], 1],
    ['POST', '/Tax', '', [{}], 1],
  ])('%s %s?%s is held against it', (method, path, parameters, body, count) => {
    expect(notInContract(method, path, query(parameters), body)).toHaveLength(count)
  })
})
