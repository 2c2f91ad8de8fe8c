import { limits } from '../../map/limits.ts'
import { field, type SheetField } from '../field-type.ts'
import { periods } from './choices.ts'
import { ids } from './parts.ts'

export const productFields: readonly SheetField[] = [
  field('productNumber', 'SKU', 'text', 'Your own number of the product.', 'LAP-15-512', {
    isMandatory: true,
    maxLength: limits.sku,
    synonyms: [
      'product number',
      'product no',
      'product code',
      'item code',
      'item number',
      'part number',
      'artikelnummer',
      'code',
      'stock code',
    ],
  }),
  field('title', 'Product name', 'text', 'What the product is called.', 'Laptop 15", 512 GB', {
    isMandatory: true,
    maxLength: limits.productName,
    synonyms: [
      'name',
      'title',
      'product',
      'item',
      'item name',
      'product title',
      'description',
      'bezeichnung',
      'artikel',
    ],
  }),
  ...ids('product'),
  field(
    'price',
    'Price',
    'money',
    'Selling price before tax; per billing period for a recurring product.',
    '899.00',
    {
      synonyms: [
        'sell price',
        'selling price',
        'unit price',
        'sale price',
        'list price',
        'preis',
        'verkaufspreis',
      ],
    },
  ),
  field(
    'billingPeriod',
    'Billing period',
    'choice',
    'Empty or One-off for a product that is sold once.',
    'One-off',
    {
      choices: periods,
      synonyms: ['period', 'recurring', 'recurring type', 'billing cycle', 'billing frequency', 'frequency'],
    },
  ),
  field(
    'group',
    'Product group',
    'text',
    'The Halo product group, by its name, or # and its Halo id; empty: the default group.',
    'Hardware',
    {
      maxLength: 255,
      synonyms: ['group', 'category', 'product category', 'asset group', 'kategorie', 'warengruppe'],
    },
  ),
  field(
    'tax',
    'Tax',
    'text',
    "Halo's tax, by its name, its rate, or # and its Halo id; empty: as Halo has it.",
    'Standard rate',
    { maxLength: 255, synonyms: ['tax code', 'tax name', 'vat code', 'tax type', 'steuer', 'steuersatz'] },
  ),
  field('isSerialized', 'Consignable', 'yes/no', 'Yes when each unit has a serial number.', 'yes', {
    synonyms: ['serialised', 'serialized', 'has serial number', 'serial'],
  }),
  field('createdDate', 'Created', 'date', 'When the product was made.', '2021-03-04', {
    synonyms: ['created date', 'date created', 'create date'],
  }),
]
