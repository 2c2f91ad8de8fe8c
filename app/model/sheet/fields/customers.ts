import { limits } from '../../map/limits.ts'
import { field, type SheetField } from '../field-type.ts'
import { ids } from './parts.ts'

export const customerFields: readonly SheetField[] = [
  field('name', 'Customer name', 'text', 'The name of the company.', 'Northwind Ltd', {
    isMandatory: true,
    maxLength: limits.customerName,
    synonyms: [
      'name',
      'customer',
      'client',
      'company',
      'account',
      'account name',
      'client name',
      'company name',
      'organisation',
      'organization',
      'kunde',
      'firma',
      'kundenname',
    ],
  }),
  ...ids('customer'),
  field(
    'accountNumber',
    'Account number',
    'text',
    'Your own number of the customer; becomes its reference in Halo.',
    'C-1001',
    {
      maxLength: limits.reference,
      synonyms: [
        'account no',
        'customer number',
        'customer no',
        'customer id',
        'client number',
        'account ref',
        'reference',
        'ref',
        'kundennummer',
      ],
    },
  ),
  field('taxNumber', 'Tax number', 'text', 'VAT, GST or company tax number.', 'GB123456789', {
    maxLength: limits.reference,
    synonyms: ['vat number', 'vat no', 'vat', 'gst number', 'abn', 'tax id', 'ust-idnr', 'ustid'],
  }),
  field('address', 'Street', 'text', 'Street and house number of the billing address.', '1 Harbour Road', {
    maxLength: limits.addressLine * 2,
    synonyms: [
      'address',
      'address 1',
      'address line 1',
      'street address',
      'billing address',
      'billing street',
      'strasse',
      'straße',
    ],
  }),
  field('city', 'City', 'text', 'City of the billing address.', 'Bristol', {
    maxLength: limits.addressLine,
    synonyms: ['town', 'suburb', 'billing city', 'ort', 'stadt'],
  }),
  field('state', 'State', 'text', 'State, county or province.', 'Avon', {
    maxLength: limits.addressLine,
    synonyms: ['county', 'province', 'region', 'billing state', 'bundesland'],
  }),
  field('postalCode', 'Postal code', 'text', 'Postal code; leading zeros stay.', 'BS1 4DJ', {
    maxLength: limits.addressLine,
    synonyms: ['postcode', 'post code', 'zip', 'zip code', 'plz', 'billing postal code'],
  }),
  field('country', 'Country', 'text', 'Country of the billing address.', 'United Kingdom', {
    maxLength: limits.addressLine,
    synonyms: ['land', 'billing country', 'country name'],
  }),
  field('currency', 'Currency', 'text', 'The ISO code of a currency that Halo has.', 'GBP', {
    maxLength: 10,
    synonyms: ['currency code', 'client currency', 'währung'],
  }),
  field('contactFirstName', 'Contact first name', 'text', 'First name of the main contact.', 'Ada', {
    maxLength: limits.firstName,
    synonyms: ['first name', 'firstname', 'given name', 'vorname'],
  }),
  field('contactLastName', 'Contact last name', 'text', 'Last name of the main contact.', 'Lovelace', {
    maxLength: limits.lastName,
    synonyms: ['last name', 'lastname', 'surname', 'family name', 'nachname', 'contact', 'contact name'],
  }),
  field(
    'contactEmail',
    'Contact e-mail',
    'e-mail',
    'E-mail address of the main contact.',
    'ada@northwind.example',
    {
      synonyms: ['email', 'e-mail', 'mail', 'email address', 'contact email'],
    },
  ),
  field('contactPhone', 'Contact phone', 'text', 'Phone number of the main contact.', '+44 117 496 0000', {
    maxLength: limits.phone,
    synonyms: ['phone', 'telephone', 'tel', 'phone number', 'telefon'],
  }),
  field('contactMobile', 'Contact mobile', 'text', 'Mobile number of the main contact.', '+44 7700 900000', {
    maxLength: limits.phone,
    synonyms: ['mobile', 'cell', 'mobile number', 'mobil', 'handy'],
  }),
]
