import { contactSchema, customerAddressSchema, customerSchema } from '../../model/commerce.ts'
import { employeeSchema } from '../../model/commerce-others.ts'
import { define } from './resource.ts'

const parent = { of: 'customer', query: 'customerID', field: 'customerID' } as const

export const customer = define('customer', customerSchema)
export const contact = define('contact', contactSchema, { parent })
export const customeraddress = define('customeraddress', customerAddressSchema, { parent })
export const employee = define('employee', employeeSchema, { since: null })
