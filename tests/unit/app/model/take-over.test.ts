import { expect, test } from 'vitest'
import { type HaloConnection, type HaloMappingRow, proposalOf } from '../../../../app/model/take-over.ts'

const place = {
  groups: new Set([1, 7]),
  quoteStatus: new Set([3, 4]),
  categories: new Set([40]),
  clientFields: [
    { column: 'CFRegion', label: 'Sales region', type: 'text', maxLength: 40, isMandatory: false },
  ] as const,
}
const row = (more: Partial<HaloMappingRow>): HaloMappingRow => ({
  haloId: 0,
  haloName: '',
  commerceName: '',
  value: '',
  module: 99,
  type: 2,
  onlyNew: false,
  clearsWhenEmpty: false,
  ...more,
})
const connection = (more: Partial<HaloConnection>): HaloConnection => ({
  haloTenantId: 1,
  url: 'https://north.mydattocommerce.com',
  isEnabled: true,
  defaultGroup: null,
  createItems: null,
  setProductSupplier: null,
  orderStatuses: null,
  mappings: [],
  groups: [],
  ...more,
})

test('settings, order statuses and groups are taken where they exist here', () => {
  const found = proposalOf(
    connection({
      defaultGroup: 7,
      createItems: false,
      setProductSupplier: true,
      orderStatuses: '[{"value":3},{"value":2}]',
      groups: [
        { groupId: 7, categoryId: '40', categoryName: 'Laptops' },
        { groupId: 7, categoryId: '99', categoryName: 'Gone' },
        { groupId: 55, categoryId: '40', categoryName: 'Laptops' },
      ],
    }),
    place,
  )
  expect(found).toEqual({
    patch: {
      defaultGroup: 7,
      createItemsFromQuotes: false,
      setProductSupplier: true,
      orderStatusesToImport: [2, 3],
      groups: { '40': 7 },
    },
    unread: [],
    others: 0,
  })
})

test('rows are read by whatever name Halo and Commerce give a field or a status', () => {
  const { patch, unread, others } = proposalOf(
    connection({
      mappings: [
        row({ commerceName: 'billingState', haloName: 'CFregion', onlyNew: true }),
        row({ commerceName: 'Tax number', haloName: 'AWebsite', clearsWhenEmpty: true }),
        row({ commerceName: 'account_number', haloName: 'accountsid' }),
        row({ commerceName: 'taxNumber', haloName: 'CFnobody' }),
        row({ commerceName: '3 - Won', haloName: 'Accepted', haloId: 3 }),
        row({ commerceName: 'Status', value: 'PendingApproval', haloId: 4 }),
        row({ commerceName: 'Declined', haloId: 77 }),
      ],
    }),
    place,
  )
  expect(patch.quoteStatus).toEqual({ '3': 3, '4': 4 })
  expect(patch.customerFields).toEqual([
    { from: { kind: 'field', name: 'billingState' }, to: 'cf:Region', onlyNew: true, whenEmpty: 'leave' },
    {
      from: { kind: 'field', name: 'taxNumber' },
      to: 'customer.website',
      onlyNew: false,
      whenEmpty: 'clear',
    },
    {
      from: { kind: 'field', name: 'accountNumber' },
      to: 'customer.accountsId',
      onlyNew: false,
      whenEmpty: 'leave',
    },
  ])
  expect(unread).toEqual(['taxNumber -> CFnobody'])
  expect(others).toBe(1)
})

test('rows of other integrations are left out, also when a name of theirs is one of ours', () => {
  const { patch, others } = proposalOf(
    connection({
      mappings: [
        row({ module: 12, commerceName: 'name', haloName: 'AWebsite' }),
        row({ module: 12, commerceName: 'serialNumber', haloName: 'CFregion' }),
        row({ commerceName: 'billingCity', haloName: 'CFregion' }),
        row({ commerceName: 'billingCountry', haloName: 'notes' }),
      ],
    }),
    place,
  )
  expect(patch.customerFields?.map(({ to }) => to)).toEqual(['cf:Region', 'customer.notes'])
  expect(others).toBe(2)
  expect(proposalOf(connection({}), place)).toEqual({ patch: {}, unread: [], others: 0 })
})
