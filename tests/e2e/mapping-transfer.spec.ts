import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from './fixtures.ts'
import { enter, expectAccessible, goTo } from './screens.ts'

test('a mapping is exported, changed in its file, and comes back after its changes were seen', async ({
  page,
  addTenant,
  cli,
  dataFolder,
  startService,
}) => {
  await addTenant({ name: 'Northwind' })
  expect((await cli(['sync'])).status).toBe(0)
  await enter(page, (await startService()).address)
  await goTo(page, '/tenants/1/mappings')
  const lacks = page.getByRole('list', { name: 'Not mapped' })
  await expect(lacks).toContainText(/\d+ quote status(es)? in use/)
  await expectAccessible(page)

  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export as a file' }).click()
  const download = await downloading
  expect(download.suggestedFilename()).toMatch(/^mapping-Northwind-\d{4}-\d\d-\d\d\.json$/)
  const file = JSON.parse(await readFile(await download.path(), 'utf8'))
  file.mapping.quoteStatus = { '3': 77, '90': 6 }
  file.names.quoteStatus['77'] = 'accepted'
  file.mapping.orderStatusesToImport = [3]
  file.mapping.defaultGroup = 500
  const chosen = join(dataFolder, 'changed.json')
  const input = page.getByLabel('Exported mapping')
  await input.setInputFiles({ name: 'bad.json', mimeType: 'application/json', buffer: Buffer.from('{"a":') })
  await expect(page.getByText('This is no JSON file.').first()).toBeVisible()
  await input.setInputFiles({
    name: chosen,
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(file)),
  })
  const changes = page.getByRole('table', { name: 'What would change' })
  await expect(changes.getByRole('row', { name: /Won not mapped Accepted/ })).toBeVisible()
  await expect(changes.getByRole('row', { name: /Approved imported not imported/ })).toBeVisible()
  await expect(page.getByRole('list', { name: /Left out/ })).toContainText(
    'The default group "500" is not here.',
  )
  await expectAccessible(page)
  await page.getByRole('checkbox', { name: 'Sales orders to import' }).uncheck()
  await expect(changes.getByRole('row', { name: /Approved/ })).toBeHidden()
  await page.getByRole('button', { name: 'Take over 2 changes' }).click()
  await expect(page.getByText('Saved. It is used from the next run on.').first()).toBeVisible()
  await expect(changes).toBeHidden()

  const history = page.getByRole('list', { name: 'History' })
  await history.getByText('Quote statuses').click()
  await expect(history.getByRole('row', { name: /Won not mapped Accepted/ })).toBeVisible()
  await goTo(page, '/tenants/1/quotes')
  await expect(page.getByLabel('Won becomes')).toHaveValue('3')
})

test('a mapping is copied from another tenant, part by part', async ({
  page,
  addTenant,
  cli,
  startService,
}) => {
  await addTenant({ name: 'Northwind' })
  await addTenant({ name: 'Southwind', extra: [] })
  expect((await cli(['sync', '--tenant', 'Northwind'])).status).toBe(0)
  await enter(page, (await startService()).address)
  await goTo(page, '/tenants/1/quotes')
  await page.getByLabel('Won becomes').selectOption('Accepted')
  await page.keyboard.press('Control+s')
  await expect(page.getByText('Not saved yet.')).toBeHidden()
  await goTo(page, '/tenants/2/mappings')
  await page.getByLabel('Another tenant').selectOption('Northwind')
  await page.getByRole('button', { name: 'Copy its mapping' }).click()
  await expect(page.getByRole('heading', { name: 'From the tenant Northwind' })).toBeVisible()
  await page.getByRole('button', { name: 'Take over 1 change' }).click()
  await expect(page.getByText('Saved. It is used from the next run on.').first()).toBeVisible()
  await goTo(page, '/tenants/2/quotes')
  await expect(page.getByLabel('Won becomes')).toHaveValue('3')
})

test('what Halo’s own integration is set to is proposed and confirmed', async ({
  page,
  addTenant,
  cli,
  dataFolder,
  startService,
}) => {
  await addTenant()
  expect((await cli(['sync'])).status).toBe(0)
  const halo = new Database(join(dataFolder, 'halo.db'))
  halo.exec(`
    UPDATE DattoCommerceDetails SET dcdsostatustoimport = '3', dcdcreateitemsonimport = 0, dcdhalointegratorenabled = 1;
    INSERT INTO DattoCommerceDetails (DCDid, DCDUrl) VALUES (7, 'https://south.mydattocommerce.com');
    INSERT INTO IntegrationFieldMapping (IFMid, IFMfiid, IFMfiname, IFMThirdPartyName, IFMmsid, IFMtypeid)
      VALUES (1, 0, 'AWebsite', 'contact.email', 99, 2), (2, 3, 'Accepted', 'Won', 99, 39);
  `)
  halo.close()
  await enter(page, (await startService()).address)
  await goTo(page, '/tenants/1/mappings')
  await page.getByRole('button', { name: 'Look into Halo' }).click()
  const connections = page.getByRole('list', { name: 'Connections in Halo' })
  await expect(connections.getByText('both would bring the same records')).toBeVisible()
  await expectAccessible(page)
  await connections.getByRole('button', { name: /^Take over of https:\/\/sample/ }).click()
  const changes = page.getByRole('table', { name: 'What would change' })
  await expect(changes.getByRole('row', { name: /Website not mapped .*e-mail/i })).toBeVisible()
  await expect(changes.getByRole('row', { name: /Won not mapped Accepted/ })).toBeVisible()
  await expect(changes.getByRole('row', { name: /Items from quotes Yes No/ })).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Preview changes' }).click()
  await expect(page).toHaveURL(/\/runs\/\d+/)
  await expect(page.getByRole('link', { name: /^Customers would change: [1-9]/ })).toBeVisible({
    timeout: 30_000,
  })
  await page.goBack()
  await expect(changes.getByRole('row', { name: /Won not mapped Accepted/ })).toBeVisible()
  await page.getByRole('button', { name: /^Take over \d+ changes$/ }).click()
  await goTo(page, '/tenants/1/customers')
  await expect(page.getByRole('combobox', { name: 'Row 1: field in Halo' })).toHaveValue('Website')

  await test.step('a connection that is no tenant here becomes one, with the same Halo', async () => {
    await goTo(page, '/tenants/1/mappings')
    await page.getByRole('button', { name: 'Look into Halo' }).click()
    await page
      .getByRole('listitem')
      .filter({ hasText: 'south.mydattocommerce.com' })
      .getByRole('link', { name: 'Add it as a tenant' })
      .click()
    await expect(page.getByLabel('Name')).toHaveValue('south')
    await page.getByLabel('API key').fill('a-key')
    await page.getByRole('button', { name: 'Add tenant' }).click()
    await expect(page.getByRole('heading', { name: 'Set up south' })).toBeVisible()
    await expect(page.getByRole('textbox', { name: 'File' })).toHaveValue(join(dataFolder, 'halo.db'))
  })
})
