import { table } from '../schema.ts'

/** What Halo keeps of the connection, and lists that are only read: columns, types, NOT NULLs and defaults as in Halo's on-premise catalogue (apis.md §3.2). */
export const dattoCommerceDetails = table('DattoCommerceDetails', 'DCDid', [
  ['DCDid', 'INT NOT NULL', 'required', 'key of the tenant'],
  ['DCDUrl', 'NVARCHAR(250)', 'required', 'address of the Commerce instance'],
  ['DCDApiKey', 'NVARCHAR(4000)', 'optional', 'never read, never written'],
  ['dcdhalointegratorenabled', 'BIT', 'optional'],
  ['dcdhalointegratorlastsync', 'DATETIME DEFAULT 0', 'optional'],
  ['dcdhalointegratorlasterror', 'NVARCHAR(4000)', 'optional'],
  ['dcditemgroup', 'INT', 'optional', 'default product group'],
  ['dcdcreateitemsonimport', 'BIT DEFAULT 1', 'optional'],
  ['dcdsostatustoimport', 'NVARCHAR(500)', 'optional', 'order statuses to import'],
  ['dcdproductsupplieronimport', 'BIT DEFAULT 0', 'optional'],
])

export const integrationFieldMapping = table('IntegrationFieldMapping', 'IFMid', [
  ['IFMid', 'INT NOT NULL', 'optional', 'key of the mapping'],
  ['IFMfiid', 'INT NOT NULL', 'optional'],
  ['IFMfiname', 'NVARCHAR(255) NOT NULL', 'optional', 'Halo field'],
  ['IFMThirdPartyName', 'NVARCHAR(255) NOT NULL', 'optional', 'Commerce field'],
  ['IFMmsid', 'INT NOT NULL', 'optional', 'module'],
  ['IFMtypeid', 'INT NOT NULL', 'optional'],
  ['IFMXMValue', 'NVARCHAR(500)', 'optional'],
  ['IFMDontUpdate', 'BIT DEFAULT 0', 'optional', 'new records alone'],
  ['ifmpopulateemptyvalue', 'BIT DEFAULT 0', 'optional', 'an empty value empties'],
])

export const fieldinfo = table('FIELDINFO', 'FIid', [
  ['FIid', 'INT NOT NULL', 'optional', 'key of the field'],
  ['FIName', 'NVARCHAR(4000)', 'optional', 'column without CF'],
  ['FILabel', 'NVARCHAR(4000)', 'optional'],
  ['FIType', 'INT NOT NULL DEFAULT 0', 'optional'],
  ['FICustom', 'INT NOT NULL DEFAULT 0', 'optional'],
  ['FIusage', 'INT DEFAULT 0', 'optional', 'whose field: 2 client, 0 not said'],
  ['FILookup', 'INT NOT NULL DEFAULT 0', 'optional'],
  ['FILinkedField', 'INT NOT NULL DEFAULT 0', 'optional'],
  ['FIInputType', 'INT DEFAULT 0', 'optional'],
  ['fimandatory', 'BIT', 'optional'],
  ['fiImportAlias', "NVARCHAR(255) DEFAULT ''", 'optional'],
])

export const lookup = table(
  'LOOKUP',
  'fid',
  [
    ['fid', 'INT NOT NULL', 'required', 'list: 39 quote status, 34 order status'],
    ['fcode', 'INT NOT NULL', 'required', 'entry'],
    ['fvalue', 'NVARCHAR(4000)', 'required', 'name'],
    ['finactive', 'BIT', 'optional'],
  ],
  { primary: ['fid', 'fcode'] },
)

export const faults = table('FAULTS', 'Faultid', [
  ['Faultid', 'INT NOT NULL', 'optional', 'key of the ticket'],
  ['Symptom', 'NVARCHAR(4000)', 'optional', 'subject'],
  ['Areaint', 'INT', 'optional', 'AREA.Aarea'],
  ['sitenumber', 'INT', 'optional', 'SITE.Ssitenum'],
  ['userid', 'INT DEFAULT 0', 'optional', 'USERS.Uid'],
  ['Status', 'SMALLINT', 'optional'],
  ['RequestTypeNew', 'INT DEFAULT 1', 'optional'],
  ['FDeleted', 'BIT DEFAULT 0', 'optional'],
  ['FMergedIntoFaultid', 'INT DEFAULT 0', 'optional', 'the ticket that it went into'],
  ['dateoccured', 'DATETIME', 'optional', 'opened'],
  ['datecleared', 'DATETIME', 'optional', 'closed; before 1900 in one that is open'],
])

export const tstatus = table('TSTATUS', 'Tstatus', [
  ['Tstatus', 'SMALLINT NOT NULL', 'optional', 'key of the status of tickets'],
  ['tstatusdesc', 'NVARCHAR(4000)', 'optional', 'name'],
])

export const tax = table('Tax', 'TaxID', [
  ['TaxID', 'INT NOT NULL', 'optional', 'key of the tax'],
  ['TaxDescription', 'NVARCHAR(255)', 'optional', 'name'],
  ['TaxCode', 'NVARCHAR(255)', 'optional'],
  ['TaxValue', 'FLOAT(53)', 'optional', 'rate'],
])

export const currency = table('CURRENCY', 'Cid', [
  ['Cid', 'INT NOT NULL', 'optional', 'key of the currency'],
  ['Cdesc', 'NVARCHAR(10) NOT NULL', 'optional', 'sign or code'],
  ['Ccode', "NVARCHAR(10) DEFAULT ''", 'optional', 'ISO code'],
])

export const externalLink = table('ExternalLink', 'ELid', [
  ['ELid', 'INT NOT NULL', 'optional', 'key of the link'],
  ['ELTableId', 'INT NOT NULL', 'optional'],
  ['ELModuleId', 'INT NOT NULL', 'optional'],
  ['ELHaloId', 'INT NOT NULL', 'optional'],
  ['ELThirdPartyId', 'NVARCHAR(1000)', 'optional'],
  ['ELThirdPartyDesc', 'NVARCHAR(4000)', 'optional'],
  ['ELThirdPartyUrl', 'NVARCHAR(4000)', 'optional'],
  ['ELIsPrimary', 'BIT NOT NULL', 'optional'],
  ['ELDetailsId', 'INT DEFAULT 0', 'optional'],
])
