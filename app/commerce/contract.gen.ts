/** What the vendor documents of each entity, made by build/contract.ts. Do not edit: run it again. Dates are text. */

export interface BrandModel {
  readonly id?: number
  readonly name?: string
  readonly imageFilename?: string | null
  readonly createDate?: string
  readonly modifiedDate?: string
}

export interface CategoryModel {
  readonly id?: number
  readonly parentID?: number | null
  readonly name?: string
  readonly type?: number
  readonly displayOrder?: number
  readonly html?: string | null
  readonly createdDate?: string
  readonly modifiedDate?: string
}

export interface ContactModel {
  readonly id?: number
  readonly customerID?: number
  readonly email?: string | null
  readonly firstName?: string | null
  readonly lastName?: string | null
  readonly phone?: string | null
  readonly mobile?: string | null
  readonly autoSendInvoice?: boolean
  readonly inviteDate?: string | null
  readonly lastLoginDate?: string | null
  readonly createdDate?: string
  readonly modifiedDate?: string
}

export interface CustomerAddressModel {
  readonly id?: number
  readonly customerID?: number
  readonly contactName?: string | null
  readonly address?: string | null
  readonly city?: string | null
  readonly state?: string | null
  readonly country?: string | null
  readonly postalCode?: string | null
  readonly deliveryInstruction?: string | null
  readonly createDate?: string
  readonly modifiedDate?: string
}

export interface CustomerModel {
  readonly id?: number
  readonly accountNumber?: string
  readonly name?: string
  readonly ownerEmployeeID?: number | null
  readonly taxNumber?: string | null
  readonly billingAddress?: string | null
  readonly billingCity?: string | null
  readonly billingState?: string | null
  readonly billingCountry?: string | null
  readonly billingPostalCode?: string | null
  readonly priceGroup?: number
  readonly hasCreditLimit?: boolean
  readonly createDate?: string
  readonly modifiedDate?: string
}

export interface EmployeeModel {
  readonly id?: number
  readonly firstName?: string
  readonly lastName?: string
  readonly email?: string
  readonly isActive?: boolean
  readonly visibility?: number
  readonly lastLoginDate?: string | null
  readonly createdDate?: string
  readonly modifiedDate?: string
}

export interface ProductImageModel {
  readonly productNumber?: string
  readonly url?: string
}

export interface ProductModel {
  readonly id?: number
  readonly productNumber?: string
  readonly manufacturerPartNumber?: string
  readonly type?: number
  readonly title?: string
  readonly brandID?: number
  readonly weight?: number
  readonly categoryID?: number | null
  readonly price?: number
  readonly retailPrice?: number
  readonly isHidden?: boolean
  readonly isActive?: boolean
  readonly isRecommended?: boolean
  readonly isSerialized?: boolean
  readonly isRecurring?: boolean
  readonly recurringType?: number | null
  readonly url?: string
  readonly createdDate?: string
  readonly modifiedDate?: string
}

export interface ProductSupplierModel {
  readonly id?: number
  readonly productID?: number
  readonly supplierID?: number
  readonly quantity?: number
  readonly cost?: number
  readonly productNumber?: string
  readonly createdDate?: string
  readonly modifiedDate?: string
}

export interface PurchaseOrderCostModel {
  readonly id?: number
  readonly purchaseOrderID?: number
  readonly description?: string
  readonly amount?: number
  readonly tax?: number
  readonly taxRate?: number
  readonly createdDate?: string
  readonly modifiedDate?: string
}

export interface PurchaseOrderLineModel {
  readonly id?: number
  readonly purchaseOrderID?: number
  readonly productID?: number
  readonly title?: string
  readonly description?: string | null
  readonly price?: number
  readonly tax?: number
  readonly taxRate?: number | null
  readonly landedCost?: number
  readonly quantity?: number
  readonly quantityReceived?: number
  readonly lineNumber?: number
  readonly serialNumbers?: readonly PurchaseOrderLineSerialNumberModel[]
  readonly createdDate?: string
  readonly modifiedDate?: string
}

export interface PurchaseOrderLineSerialNumberModel {
  readonly serialNumber?: string
  readonly status?: string
  readonly warehouseID?: number | null
}

export interface PurchaseOrderModel {
  readonly id?: number
  readonly orderNumber?: string
  readonly reference?: string | null
  readonly supplierID?: number
  readonly warehouseID?: number | null
  readonly salesOrderID?: number | null
  readonly type?: number
  readonly status?: number
  readonly note?: string | null
  readonly dueDate?: string | null
  readonly billingCompany?: string | null
  readonly billingContact?: string | null
  readonly billingAddress?: string | null
  readonly billingCity?: string | null
  readonly billingState?: string | null
  readonly billingPostalCode?: string | null
  readonly billingCountry?: string | null
  readonly deliveryCompany?: string | null
  readonly deliveryContact?: string | null
  readonly deliveryAddress?: string | null
  readonly deliveryCity?: string | null
  readonly deliveryState?: string | null
  readonly deliveryPostalCode?: string | null
  readonly deliveryCountry?: string | null
  readonly deliveryInstruction?: string | null
  readonly orderDate?: string
  readonly receivedDate?: string | null
  readonly createdDate?: string
  readonly modifiedDate?: string
}

export interface QuoteLineModel {
  readonly id?: number
  readonly quoteSectionID?: number
  readonly lineNumber?: number
  readonly title?: string
  readonly description?: string | null
  readonly productID?: number | null
  readonly productNumber?: string
  readonly price?: number
  readonly taxRate?: number
  readonly tax?: number
  readonly quantity?: number
  readonly isOptional?: boolean
  readonly isSelected?: boolean
  readonly isQuantityEditable?: boolean
  readonly isRecurring?: boolean
  readonly recurringType?: number | null
  readonly recurringDuration?: number | null
  readonly discountMethod?: number | null
  readonly discountValue?: number | null
  readonly createdDate?: string
  readonly modifiedDate?: string
}

export interface QuoteModel {
  readonly id?: number
  readonly salesOrderId?: number | null
  readonly code?: string
  readonly quoteNumber?: string
  readonly title?: string
  readonly status?: number
  readonly privateNote?: string | null
  readonly ownerEmployeeID?: number | null
  readonly customerID?: number
  readonly contactName?: string | null
  readonly contactEmail?: string | null
  readonly deliveryType?: number
  readonly deliveryCompany?: string | null
  readonly deliveryContact?: string | null
  readonly deliveryPhone?: string | null
  readonly deliveryAddress?: string | null
  readonly deliveryCity?: string | null
  readonly deliveryState?: string | null
  readonly deliveryPostalCode?: string | null
  readonly deliveryCountry?: string | null
  readonly deliveryInstruction?: string | null
  readonly deliveryAmount?: number
  readonly deliveryTax?: number
  readonly deliveryTaxRate?: number
  readonly autotaskQuoteID?: number | null
  readonly autotaskOpportunityID?: number | null
  readonly autotaskOrganizationID?: number | null
  readonly expiryDate?: string
  readonly createdDate?: string
  readonly modifiedDate?: string
}

export interface QuoteSectionModel {
  readonly id?: number
  readonly quoteID?: number
  readonly type?: number
  readonly lineNumber?: number
  readonly isMultiChoice?: boolean
  readonly isSelected?: boolean
  readonly title?: string | null
}

export interface SalesOrderLineModel {
  readonly id?: number
  readonly salesOrderID?: number
  readonly productID?: number
  readonly lineNumber?: number
  readonly cost?: number
  readonly price?: number
  readonly tax?: number
  readonly taxRate?: number | null
  readonly quantity?: number
  readonly title?: string
  readonly description?: string | null
  readonly unitWeight?: number
  readonly isRecurring?: boolean
  readonly recurringType?: number | null
  readonly recurringDuration?: number | null
  readonly discountMethod?: number | null
  readonly discountValue?: number | null
  readonly serialNumbers?: readonly SalesOrderLineSerialNumberModel[]
  readonly createdDate?: string
  readonly modifiedDate?: string
}

export interface SalesOrderLineSerialNumberModel {
  readonly serialNumber?: string
  readonly status?: string
  readonly warehouseID?: number | null
}

export interface SalesOrderModel {
  readonly id?: number
  readonly orderNumber?: string
  readonly reference?: string | null
  readonly ownerEmployeeID?: number | null
  readonly customerID?: number
  readonly contactFirstName?: string | null
  readonly contactLastName?: string | null
  readonly contactEmail?: string | null
  readonly quoteID?: number | null
  readonly status?: number
  readonly fulfillmentStatus?: number
  readonly entryType?: number
  readonly notes?: string | null
  readonly deliveryCompany?: string | null
  readonly deliveryContact?: string | null
  readonly deliveryPhone?: string | null
  readonly deliveryAddress?: string | null
  readonly deliveryCity?: string | null
  readonly deliveryState?: string | null
  readonly deliveryPostalCode?: string | null
  readonly deliveryCountry?: string | null
  readonly deliveryInstruction?: string | null
  readonly deliveryAmount?: number
  readonly deliveryTaxRate?: number
  readonly deliveryTax?: number
  readonly paymentSurchargeAmount?: number
  readonly paymentSurchargeTaxRate?: number
  readonly paymentSurchargeTax?: number
  readonly couponDiscount?: number
  readonly ipAddress?: string | null
  readonly ipAddressCountry?: string | null
  readonly orderDate?: string
  readonly createdDate?: string
  readonly modifiedDate?: string
}

export interface SalesOrderPaymentModel {
  readonly id?: number
  readonly salesOrderID?: number
  readonly type?: number
  readonly amount?: number
  readonly transactionID?: string | null
  readonly createdDate?: string
  readonly modifiedDate?: string
}

export interface SupplierModel {
  readonly id?: number
  readonly accountNumber?: string | null
  readonly name?: string
  readonly isOnline?: boolean
  readonly onlineETA?: string | null
  readonly email?: string | null
  readonly note?: string | null
  readonly createDate?: string
  readonly modifiedDate?: string
}

export interface WarehouseModel {
  readonly id?: number
  readonly name?: string
  readonly email?: string | null
  readonly address?: string | null
  readonly city?: string | null
  readonly state?: string | null
  readonly postalCode?: string | null
  readonly country?: string | null
  readonly createDate?: string
  readonly modifiedDate?: string
}
