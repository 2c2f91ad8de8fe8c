import type * as vendor from '../contract.gen.ts'

/** A complete record of each list: the sample API leaves no field out unless told to. */
export type Rows = {
  customer: Required<vendor.CustomerModel>
  contact: Required<vendor.ContactModel>
  customeraddress: Required<vendor.CustomerAddressModel>
  product: Required<vendor.ProductModel>
  category: Required<vendor.CategoryModel>
  brand: Required<vendor.BrandModel>
  productsupplier: Required<vendor.ProductSupplierModel>
  productimage: Required<vendor.ProductImageModel>
  supplier: Required<vendor.SupplierModel>
  warehouse: Required<vendor.WarehouseModel>
  employee: Required<vendor.EmployeeModel>
  quote: Required<vendor.QuoteModel>
  quotesection: Required<vendor.QuoteSectionModel>
  quoteline: Required<vendor.QuoteLineModel>
  salesorder: Required<vendor.SalesOrderModel>
  salesorderline: Required<vendor.SalesOrderLineModel>
  salesorderpayment: Required<vendor.SalesOrderPaymentModel>
  purchaseorder: Required<vendor.PurchaseOrderModel>
  purchaseorderline: Required<vendor.PurchaseOrderLineModel>
  purchaseordercost: Required<vendor.PurchaseOrderCostModel>
}

/** What every record is to code that does not care which list it comes from. */
export type AnyRow = Readonly<Record<string, unknown>>
