import { salesOrderLineSchema, salesOrderSchema } from '../../model/commerce.ts'
import { salesOrderPaymentSchema } from '../../model/commerce-others.ts'
import { define } from './resource.ts'

const parent = { of: 'salesorder', query: 'salesOrderID', field: 'salesOrderID' } as const

export const salesorder = define('salesorder', salesOrderSchema, {
  exact: { query: 'orderNumber', field: 'orderNumber' },
})
export const salesorderline = define('salesorderline', salesOrderLineSchema, { parent })
export const salesorderpayment = define('salesorderpayment', salesOrderPaymentSchema, { parent })
