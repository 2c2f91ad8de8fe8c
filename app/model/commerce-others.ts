import { z } from 'zod'
import {
  date,
  enumeration,
  flag,
  id,
  number,
  numberOrNone,
  parent,
  reference,
  text,
} from './commerce-values.ts'

/** What Commerce also lists and no sync reads: stock, staff, payments and purchases. Read like the rest (commerce.ts). */
const purchaseOrderSerialNumberSchema = z.object({
  serialNumber: text,
  status: text,
  warehouseID: reference,
})

export const brandSchema = z.object({
  id: id,
  name: text,
  imageFilename: text,
  createDate: date,
  modifiedDate: date,
})

export const productImageSchema = z.object({
  productNumber: text,
  url: text,
})

export const employeeSchema = z.object({
  id: id,
  firstName: text,
  lastName: text,
  email: text,
  isActive: flag,
  visibility: enumeration,
  lastLoginDate: date,
  createdDate: date,
  modifiedDate: date,
})

export const warehouseSchema = z.object({
  id: id,
  name: text,
  email: text,
  address: text,
  city: text,
  state: text,
  postalCode: text,
  country: text,
  createDate: date,
  modifiedDate: date,
})

export const salesOrderPaymentSchema = z.object({
  id: id,
  salesOrderID: parent,
  type: enumeration,
  amount: number,
  transactionID: text,
  createdDate: date,
  modifiedDate: date,
})

export const purchaseOrderSchema = z.object({
  id: id,
  orderNumber: text,
  reference: text,
  supplierID: reference,
  warehouseID: reference,
  salesOrderID: reference,
  type: enumeration,
  status: enumeration,
  note: text,
  dueDate: date,
  billingCompany: text,
  billingContact: text,
  billingAddress: text,
  billingCity: text,
  billingState: text,
  billingPostalCode: text,
  billingCountry: text,
  deliveryCompany: text,
  deliveryContact: text,
  deliveryAddress: text,
  deliveryCity: text,
  deliveryState: text,
  deliveryPostalCode: text,
  deliveryCountry: text,
  deliveryInstruction: text,
  orderDate: date,
  receivedDate: date,
  createdDate: date,
  modifiedDate: date,
})

export const purchaseOrderLineSchema = z.object({
  id: id,
  purchaseOrderID: parent,
  productID: reference,
  title: text,
  description: text,
  price: number,
  tax: number,
  taxRate: numberOrNone,
  landedCost: number,
  quantity: number,
  quantityReceived: number,
  lineNumber: number,
  serialNumbers: z
    .array(purchaseOrderSerialNumberSchema)
    .nullish()
    .transform((v) => v ?? []),
  createdDate: date,
  modifiedDate: date,
})

export const purchaseOrderCostSchema = z.object({
  id: id,
  purchaseOrderID: parent,
  description: text,
  amount: number,
  tax: number,
  taxRate: number,
  createdDate: date,
  modifiedDate: date,
})
