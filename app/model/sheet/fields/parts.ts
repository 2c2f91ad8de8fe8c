import { limits } from '../../map/limits.ts'
import { field, type SheetField } from '../field-type.ts'
import { periods } from './choices.ts'

/** What more than one entity has. */
export const ids = (what: string): SheetField[] => [
  field(
    'commerceId',
    'Commerce ID',
    'whole number',
    `The ${what}'s id in Datto Commerce, where it has one.`,
    '1042',
    {
      synonyms: ['datto commerce id', 'kqm id', 'quote manager id', 'external id'],
    },
  ),
  field('haloId', 'Halo ID', 'whole number', `The ${what}'s id in Halo, to change what is there.`, '311', {
    synonyms: ['halopsa id', 'halo number'],
  }),
]

export const customerOf = (what: string): SheetField[] => [
  field(
    'customer',
    'Customer',
    'text',
    `Whose ${what} it is: its name, else its account number; or # and its Halo id, such as #311.`,
    'Northwind Ltd',
    {
      isMandatory: true,
      maxLength: limits.customerName,
      synonyms: [
        'customer name',
        'client',
        'client name',
        'company',
        'account',
        'account name',
        'account number',
        'customer number',
        'kunde',
        'firma',
      ],
    },
  ),
  field('contactName', 'Contact name', 'text', 'The person it is for.', 'Ada Lovelace', {
    maxLength: limits.contactName,
    synonyms: ['contact', 'attention', 'ansprechpartner', 'user'],
  }),
  field('contactEmail', 'Contact e-mail', 'e-mail', 'The address of that person.', 'ada@northwind.example', {
    synonyms: ['email', 'e-mail', 'contact email', 'email address'],
  }),
]

export const delivery: readonly SheetField[] = [
  field('deliveryAddress', 'Delivery street', 'text', 'Street of the delivery address.', '1 Harbour Road', {
    maxLength: limits.addressLine * 2,
    synonyms: ['delivery address', 'ship to', 'shipping address', 'ship to address'],
  }),
  field('deliveryCity', 'Delivery city', 'text', 'City of the delivery address.', 'Bristol', {
    maxLength: limits.addressLine,
    synonyms: ['shipping city', 'ship to city'],
  }),
  field(
    'deliveryPostalCode',
    'Delivery postal code',
    'text',
    'Postal code of the delivery address.',
    'BS1 4DJ',
    {
      maxLength: limits.addressLine,
      synonyms: ['delivery postcode', 'shipping postcode', 'delivery zip', 'ship to zip'],
    },
  ),
  field('deliveryAmount', 'Delivery charge', 'money', 'What delivery costs, before tax.', '12.50', {
    synonyms: ['shipping', 'freight', 'carriage', 'delivery', 'shipping cost', 'postage'],
  }),
]

export const line = (label: string): SheetField[] => [
  field('lineTitle', 'Line title', 'text', `What this line of the ${label} is for.`, 'Laptop 15", 512 GB', {
    of: 'line',
    isMandatory: true,
    maxLength: limits.lineTitle,
    synonyms: [
      'item',
      'product',
      'product name',
      'line',
      'line item',
      'item description',
      'description',
      'position',
      'bezeichnung',
      'item name',
    ],
  }),
  field(
    'productNumber',
    'SKU',
    'text',
    'The product, by its own number, else its name; or # and its Halo id. A line without one belongs to no product.',
    'LAP-15-512',
    {
      of: 'line',
      maxLength: limits.partCode,
      synonyms: ['product code', 'product number', 'item code', 'part number', 'code', 'artikelnummer'],
    },
  ),
  field(
    'description',
    'Line description',
    'long text',
    'Longer words under the line.',
    'With docking station',
    {
      of: 'line',
      maxLength: limits.note,
      synonyms: ['long description', 'details', 'line notes', 'beschreibung'],
    },
  ),
  field('quantity', 'Quantity', 'number', 'How many.', '3', {
    of: 'line',
    isMandatory: true,
    synonyms: ['qty', 'amount', 'count', 'units', 'menge', 'anzahl'],
  }),
  field(
    'price',
    'Unit price',
    'money',
    'For one, before tax and discount; per billing period when recurring.',
    '899.00',
    {
      of: 'line',
      isMandatory: true,
      synonyms: ['price', 'sell price', 'unit sell', 'rate', 'einzelpreis', 'preis', 'each'],
    },
  ),
  field('taxRate', 'Tax rate', 'percent', 'In percent: 20 for 20 %.', '20', {
    of: 'line',
    synonyms: ['vat rate', 'vat %', 'tax %', 'gst rate', 'vat', 'mwst', 'ust'],
  }),
  field('tax', 'Tax', 'money', 'Tax of the whole line; left out, it follows from the rate.', '539.40', {
    of: 'line',
    synonyms: ['tax amount', 'vat amount', 'gst', 'line tax', 'steuer'],
  }),
  field('discount', 'Discount %', 'percent', 'Off the price, in percent.', '5', {
    of: 'line',
    synonyms: ['discount', 'discount percent', 'disc %', 'rabatt'],
  }),
  field('billingPeriod', 'Billing period', 'choice', 'Empty or One-off for what is paid once.', 'One-off', {
    of: 'line',
    choices: periods,
    synonyms: ['period', 'recurring', 'recurring type', 'billing cycle', 'frequency'],
  }),
  field('periods', 'Number of periods', 'whole number', 'For how many periods; empty: no end agreed.', '36', {
    of: 'line',
    synonyms: ['term', 'duration', 'months', 'contract length', 'recurring duration'],
  }),
]
