import type { Quote } from '../commerce.ts'
import type { HaloDelivery } from '../halo.ts'
import type { Interpretation } from '../mapping.ts'
import { readableText } from '../text.ts'
import { joined, mapAddress } from './address.ts'
import { chargeAmounts } from './amounts.ts'
import { limits } from './limits.ts'

/** The delivery fields that quotes and orders share. */
type SourceDelivery = Pick<
  Quote,
  | 'deliveryCompany'
  | 'deliveryContact'
  | 'deliveryPhone'
  | 'deliveryAddress'
  | 'deliveryCity'
  | 'deliveryState'
  | 'deliveryCountry'
  | 'deliveryPostalCode'
  | 'deliveryInstruction'
  | 'deliveryAmount'
  | 'deliveryTax'
  | 'deliveryTaxRate'
>

/** Delivery address, charge (becomes the carriage price) and instruction; who receives it is added to the instruction. */
export function mapDelivery(source: SourceDelivery, reading: Interpretation): HaloDelivery {
  const receiver = joined(', ', source.deliveryContact, source.deliveryPhone)
  const instruction = readableText(source.deliveryInstruction)
  return {
    address: mapAddress({
      company: source.deliveryCompany,
      street: source.deliveryAddress,
      city: source.deliveryCity,
      state: source.deliveryState,
      country: source.deliveryCountry,
      postalCode: source.deliveryPostalCode,
    }),
    ...chargeAmounts(source.deliveryAmount, source.deliveryTax, source.deliveryTaxRate, reading),
    instruction: readableText(
      [instruction, receiver === '' ? '' : `Contact: ${receiver}`].filter((part) => part !== '').join('\n'),
      limits.note,
    ),
  }
}
