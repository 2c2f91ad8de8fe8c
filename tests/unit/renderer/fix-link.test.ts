import { expect, test } from 'vitest'
import { fault, faultCodes } from '../../../app/model/fault.ts'
import { fixOf } from '../../../renderer/ui/fix-link.tsx'

test.each([
  ['status-unmapped', 'quotes', '/tenants/4/quotes'],
  ['status-unmapped', 'salesOrders', '/tenants/4/orders'],
  ['group-missing', 'products', '/tenants/4/quotes'],
  ['field-unmapped', 'customers', '/tenants/4/customers'],
  ['halo-login', 'quotes', '/tenants/4/details'],
  ['tls-untrusted', 'quotes', '/settings/network'],
] as const)('%s of %s is put right at %s', (code, entity, path) => {
  expect(fixOf(fault(code), entity, 4)?.path).toBe(path)
})

test('what nothing here can put right has no button', () => {
  expect(fixOf(fault('record-invalid'), 'quotes', 4)).toBeNull()
  expect(fixOf(fault('halo-field-mandatory'), 'quotes', 4)).toBeNull()
  for (const code of faultCodes) expect(fixOf(fault(code), 'quotes', 4)?.path ?? '/').toMatch(/^\//)
})
