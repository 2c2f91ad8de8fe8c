import {
  purchaseOrderCostSchema,
  purchaseOrderLineSchema,
  purchaseOrderSchema,
} from '../../model/commerce-others.ts'
import { define } from './resource.ts'

const parent = { of: 'purchaseorder', query: 'purchaseOrderID', field: 'purchaseOrderID' } as const

export const purchaseorder = define('purchaseorder', purchaseOrderSchema, {
  exact: { query: 'orderNumber', field: 'orderNumber' },
})
export const purchaseorderline = define('purchaseorderline', purchaseOrderLineSchema, { parent })
export const purchaseordercost = define('purchaseordercost', purchaseOrderCostSchema, { parent })
