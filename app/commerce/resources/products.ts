import { categorySchema, productSchema, productSupplierSchema, supplierSchema } from '../../model/commerce.ts'
import { brandSchema, productImageSchema, warehouseSchema } from '../../model/commerce-others.ts'
import { define } from './resource.ts'

export const product = define('product', productSchema, {
  exact: { query: 'manufacturerPartNumber', field: 'manufacturerPartNumber' },
})
export const category = define('category', categorySchema, { since: null, isPaged: false })
export const brand = define('brand', brandSchema)
export const productsupplier = define('productsupplier', productSupplierSchema, {
  parent: { of: 'product', query: 'productID', field: 'productID' },
})
export const productimage = define('productimage', productImageSchema, {
  parent: { of: 'product', query: 'productID', field: null },
  since: null,
  hasSingle: false,
})
export const supplier = define('supplier', supplierSchema)
export const warehouse = define('warehouse', warehouseSchema)
