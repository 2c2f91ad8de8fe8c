import { table } from '../schema.ts'

/** Products and their groups: columns, types, NOT NULLs and defaults as in Halo's on-premise catalogue (apis.md §3.2). */
export const item = table(
  'ITEM',
  'Iid',
  [
    ['Iid', 'INT NOT NULL', 'required', 'key of the product'],
    ['idesc', 'NVARCHAR(4000)', 'required', 'name'],
    ['Igeneric', 'INT', 'required', 'product group, GENERIC.Ggeneric'],
    ['Ibaseprice', 'FLOAT(53)', 'required', 'selling price'],
    ['IRecurringPrice', 'FLOAT(53) DEFAULT 0.00', 'required', 'price a billing period'],
    ['IIsRecurringItem', 'BIT DEFAULT 0', 'required'],
    ['idefaultbillingperiod', 'INT DEFAULT 3', 'optional', 'billing period code'],
    ['Itaxcode', 'INT DEFAULT 0', 'optional', 'Tax.TaxID'],
    ['ITaxable', 'BIT DEFAULT 0', 'optional'],
    ['IInternalReference', 'NVARCHAR(4000)', 'optional'],
    ['IExternalReference', 'NVARCHAR(4000)', 'required', 'SKU'],
    ['IDoesNotNeedConsigning', 'BIT NOT NULL DEFAULT 0', 'required', '0 for serialised products'],
    ['iserialiseonlyone', 'BIT', 'optional'],
    ['idatecreated', 'DATETIME DEFAULT 0', 'optional'],
    ['ilastmodified', 'DATETIME DEFAULT 0', 'optional'],
    ['ithirdpartyid', "NVARCHAR(200) DEFAULT ''", 'required', 'Commerce product id'],
    ['idattocommercetenant', 'INT', 'required', 'DattoCommerceDetails.DCDid'],
    ['Isupplier', 'INT', 'optional', 'supplier, COMPANY.Cnum'],
    ['idefaultsupplierpartcode', 'NVARCHAR(200)', 'optional', "the supplier's number of it"],
    ['ICostPrice', 'FLOAT(53)', 'optional', 'never written'],
  ],
  { indexes: ['ithirdpartyid'] },
)

export const generic = table('GENERIC', 'Ggeneric', [
  ['Ggeneric', 'SMALLINT NOT NULL', 'required', 'key of the product group'],
  ['gdesc', 'NVARCHAR(4000)', 'required', 'name'],
  ['gthirdpartyid', "NVARCHAR(200) DEFAULT ''", 'optional'],
])

/** Suppliers: found by name, never written. */
export const company = table('COMPANY', 'Cnum', [
  ['Cnum', 'INT NOT NULL', 'optional', 'key of the supplier'],
  ['cdesc', 'NVARCHAR(4000)', 'optional', 'name'],
  ['CIsInactive', 'BIT NOT NULL DEFAULT 0', 'optional'],
])
