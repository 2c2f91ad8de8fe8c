import { z } from 'zod'
import {
  date,
  enumeration,
  flag,
  flagUnlessFalse,
  id,
  number,
  numberOrNone,
  parent,
  reference,
  text,
} from './commerce-values.ts'

/**
 * What Datto Commerce (Kaseya Quote Manager) sends, one schema an entity. Source: the vendor's OpenAPI 3.0.4 document.
 * Lenient on purpose, because the real server is only partly known: unknown enum values pass as numbers (also when they come as the
 * document's own labels, "3 - Won"), extra fields are dropped, null or absent text becomes '', absent numbers 0, dates without
 * a zone are UTC and year 1 means "no date". Only ids and parent ids are required: without them a record cannot be placed.
 */
const serialNumberSchema = z.object({
  serialNumber: text,
  status: text,
  warehouseID: reference,
})

export const customerSchema = z.object({
  id: id,
  accountNumber: text,
  name: text,
  ownerEmployeeID: reference,
  taxNumber: text,
  billingAddress: text,
  billingCity: text,
  billingState: text,
  billingCountry: text,
  billingPostalCode: text,
  priceGroup: enumeration,
  hasCreditLimit: flag,
  createDate: date,
  modifiedDate: date,
})
export type Customer = z.infer<typeof customerSchema>

export const contactSchema = z.object({
  id: id,
  customerID: parent,
  email: text,
  firstName: text,
  lastName: text,
  phone: text,
  mobile: text,
  autoSendInvoice: flag,
  inviteDate: date,
  lastLoginDate: date,
  createdDate: date,
  modifiedDate: date,
})
export type Contact = z.infer<typeof contactSchema>

export const customerAddressSchema = z.object({
  id: id,
  customerID: parent,
  contactName: text,
  address: text,
  city: text,
  state: text,
  country: text,
  postalCode: text,
  deliveryInstruction: text,
  createDate: date,
  modifiedDate: date,
})
export type CustomerAddress = z.infer<typeof customerAddressSchema>

export const categorySchema = z.object({
  id: id,
  parentID: reference,
  name: text,
  type: enumeration,
  displayOrder: number,
  html: text,
  createdDate: date,
  modifiedDate: date,
})
export type Category = z.infer<typeof categorySchema>

export const productSchema = z.object({
  id: id,
  productNumber: text,
  manufacturerPartNumber: text,
  type: enumeration,
  title: text,
  brandID: reference,
  weight: number,
  categoryID: reference,
  price: number,
  retailPrice: number,
  isHidden: flag,
  isActive: flagUnlessFalse,
  isRecommended: flag,
  isSerialized: flag,
  isRecurring: flag,
  recurringType: enumeration,
  url: text,
  createdDate: date,
  modifiedDate: date,
})
export type Product = z.infer<typeof productSchema>

export const productSupplierSchema = z.object({
  id: id,
  productID: parent,
  supplierID: reference,
  quantity: number,
  cost: number,
  productNumber: text,
  createdDate: date,
  modifiedDate: date,
})
export type ProductSupplier = z.infer<typeof productSupplierSchema>

export const supplierSchema = z.object({
  id: id,
  accountNumber: text,
  name: text,
  isOnline: flag,
  onlineETA: date,
  email: text,
  note: text,
  createDate: date,
  modifiedDate: date,
})
export type Supplier = z.infer<typeof supplierSchema>

export const quoteSchema = z.object({
  id: id,
  salesOrderId: reference,
  code: text,
  quoteNumber: text,
  title: text,
  status: enumeration,
  privateNote: text,
  ownerEmployeeID: reference,
  customerID: parent,
  contactName: text,
  contactEmail: text,
  deliveryType: enumeration,
  deliveryCompany: text,
  deliveryContact: text,
  deliveryPhone: text,
  deliveryAddress: text,
  deliveryCity: text,
  deliveryState: text,
  deliveryPostalCode: text,
  deliveryCountry: text,
  deliveryInstruction: text,
  deliveryAmount: number,
  deliveryTax: number,
  deliveryTaxRate: number,
  autotaskQuoteID: reference,
  autotaskOpportunityID: reference,
  autotaskOrganizationID: reference,
  expiryDate: date,
  createdDate: date,
  modifiedDate: date,
})
export type Quote = z.infer<typeof quoteSchema>

export const quoteSectionSchema = z.object({
  id: id,
  quoteID: parent,
  type: enumeration,
  lineNumber: number,
  isMultiChoice: flag,
  isSelected: flagUnlessFalse,
  title: text,
})
export type QuoteSection = z.infer<typeof quoteSectionSchema>

export const quoteLineSchema = z.object({
  id: id,
  quoteSectionID: parent,
  lineNumber: number,
  title: text,
  description: text,
  productID: reference,
  productNumber: text,
  price: number,
  taxRate: number,
  tax: number,
  quantity: number,
  isOptional: flag,
  isSelected: flag,
  isQuantityEditable: flag,
  isRecurring: flag,
  recurringType: enumeration,
  recurringDuration: numberOrNone,
  discountMethod: enumeration,
  discountValue: numberOrNone,
  createdDate: date,
  modifiedDate: date,
})
export type QuoteLine = z.infer<typeof quoteLineSchema>

export const salesOrderSchema = z.object({
  id: id,
  orderNumber: text,
  reference: text,
  ownerEmployeeID: reference,
  customerID: parent,
  contactFirstName: text,
  contactLastName: text,
  contactEmail: text,
  quoteID: reference,
  status: enumeration,
  fulfillmentStatus: enumeration,
  entryType: enumeration,
  notes: text,
  deliveryCompany: text,
  deliveryContact: text,
  deliveryPhone: text,
  deliveryAddress: text,
  deliveryCity: text,
  deliveryState: text,
  deliveryPostalCode: text,
  deliveryCountry: text,
  deliveryInstruction: text,
  deliveryAmount: number,
  deliveryTaxRate: number,
  deliveryTax: number,
  paymentSurchargeAmount: number,
  paymentSurchargeTaxRate: number,
  paymentSurchargeTax: number,
  couponDiscount: number,
  ipAddress: text,
  ipAddressCountry: text,
  orderDate: date,
  createdDate: date,
  modifiedDate: date,
})
export type SalesOrder = z.infer<typeof salesOrderSchema>

export const salesOrderLineSchema = z.object({
  id: id,
  salesOrderID: parent,
  productID: reference,
  lineNumber: number,
  cost: number,
  price: number,
  tax: number,
  taxRate: numberOrNone,
  quantity: number,
  title: text,
  description: text,
  unitWeight: number,
  isRecurring: flag,
  recurringType: enumeration,
  recurringDuration: numberOrNone,
  discountMethod: enumeration,
  discountValue: numberOrNone,
  serialNumbers: z
    .array(serialNumberSchema)
    .nullish()
    .transform((v) => v ?? []),
  createdDate: date,
  modifiedDate: date,
})
export type SalesOrderLine = z.infer<typeof salesOrderLineSchema>
