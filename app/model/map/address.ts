import type { HaloAddress } from '../halo.ts'
import { cleanLine, cutText, line, readableText } from '../text.ts'
import { limits } from './limits.ts'

/** An address as Commerce has it: the street may have several lines. */
type SourceAddress = {
  readonly company?: string
  readonly street: string
  readonly city: string
  readonly state: string
  readonly country: string
  readonly postalCode: string
}

/**
 * Halo's order: line 1 the company or the first line of the street, line 2 the rest of the street, line 3 the city, line 4 state and
 * country; a part keeps its line even when one before it is empty.
 */
export function mapAddress(source: SourceAddress): HaloAddress {
  const street = readableText(source.street)
    .split('\n')
    .map((part) => cleanLine(part).replace(/,$/, ''))
    .filter((part) => part !== '')
  const company = cleanLine(source.company ?? '')
  const [first = '', ...rest] = company === '' ? street : [company, ...street]
  return {
    line1: line(first, limits.addressLine),
    line2: cutText(rest.join(', '), limits.addressLine),
    line3: line(source.city, limits.addressLine),
    line4: line(joined(', ', source.state, source.country), limits.addressLine),
    postcode: line(source.postalCode, limits.addressLine),
  }
}

/** The parts that are not empty. */
export const joined = (between: string, ...parts: readonly string[]): string =>
  parts
    .map(cleanLine)
    .filter((part) => part !== '')
    .join(between)

export const isAddressEmpty = (address: HaloAddress): boolean =>
  Object.values(address).every((part) => part === '')
