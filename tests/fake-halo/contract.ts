import { readFileSync } from 'node:fs'
import { type HaloContract, haloContractFile } from '../../build/halo-contract.ts'

const contract = JSON.parse(readFileSync(haloContractFile, 'utf8')) as HaloContract

/** In no document, but in Halo's own sample body, or in its later one (apis.md §2.2, §2.4). */
const undocumented: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  QuotationDetail: {
    price: 'number',
    quantity: 'number',
    tax: 'number',
    tax_rate: 'number',
    discount: 'number',
  },
  OrderLine: { price: 'number', quantity: 'number', tax: 'number', discount: 'number' },
}

const paths = new Map(
  Object.entries(contract.paths).map(([path, operations]) => [path.toLowerCase(), operations]),
)

/** What of a request is not in Halo's document: paths, query parameters, properties, types. Empty when all is. */
export function notInContract(method: string, path: string, query: URLSearchParams, body: unknown): string[] {
  const shape = path.replace(/\/\d+$/, '/{id}').toLowerCase()
  const operations = paths.get(shape)
  if (!operations) return [`${path} is not in the document`]
  if (method === 'GET') {
    const known = operations.get
    if (!known) return [`GET ${path} is not in the document`]
    return [...query].flatMap(([name, value]) => {
      const type = known[name]
      return type === undefined
        ? [`GET ${path} has no ${name}`]
        : isQueryValue(type, value)
          ? []
          : [`GET ${path}: ${name}=${value} is no ${type}`]
    })
  }
  if (method === 'DELETE') return operations.delete ? [] : [`DELETE ${path} is not in the document`]
  if (operations.post === undefined) return [`POST ${path} is not in the document`]
  if (!Array.isArray(body)) return [`POST ${path} takes a list`]
  const schema = operations.post
  return body.flatMap((record, at) => violations(schema, record, `POST ${path} [${at}]`))
}

const isQueryValue = (type: string, value: string): boolean =>
  type === 'boolean' ? /^(true|false)$/.test(value) : type === 'integer' ? /^-?\d+$/.test(value) : true

function violations(schema: string, value: unknown, at: string): string[] {
  const properties = { ...contract.schemas[schema], ...undocumented[schema] }
  if (typeof value !== 'object' || value === null) return [`${at} is no object`]
  return Object.entries(value).flatMap(([name, inner]) => {
    const type = properties[name]
    if (type === undefined) return [`${at}.${name} is not in ${schema}`]
    return wrongType(type, inner, `${at}.${name}`)
  })
}

function wrongType(type: string, value: unknown, at: string): string[] {
  if (value === null) return []
  const list = /^\[(.+)\]$/.exec(type)?.[1]
  if (list !== undefined)
    return Array.isArray(value)
      ? value.flatMap((inner, place) => wrongType(list, inner, `${at}[${place}]`))
      : [`${at} is no list`]
  switch (type) {
    case 'any':
      return []
    case 'integer':
      return Number.isInteger(value) && Math.abs(Number(value)) < 2 ** 31 ? [] : [`${at} is no integer`]
    case 'date-time':
      return typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? [] : [`${at} is no date`]
    case 'number':
    case 'string':
    case 'boolean':
      return typeof value === type ? [] : [`${at} is no ${type}`]
    default:
      return violations(type, value, at)
  }
}
