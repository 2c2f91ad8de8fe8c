import { join } from 'node:path'
import { expect, test } from './fixtures.ts'
import { enter, expectAccessible, goTo } from './screens.ts'

test('the address is checked at its field, and the way to an API key is told', async ({
  page,
  addTenant,
  startService,
}) => {
  await addTenant({ name: 'Northwind' })
  await enter(page, (await startService()).address)
  await goTo(page, '/tenants/1/details')
  await expect(page.getByText(/choose Developer API in the account menu/)).toBeVisible()
  await expect(page.getByRole('link', { name: 'Datto Commerce' })).toHaveAttribute(
    'href',
    'https://sample.mydattocommerce.com',
  )
  await expectAccessible(page)
  const form = page.getByRole('form', { name: 'Connection' })
  await form.getByLabel('Commerce address').fill('sample.mydattocommerce.com')
  await form.getByLabel('API address').focus()
  await expect(form.getByText('This is no web address.')).toBeVisible()
  await form.getByLabel('Commerce address').fill('https://north.mydattocommerce.com/')
  await form.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Saved.').first()).toBeVisible()
  await expect(page.getByRole('link', { name: 'Datto Commerce' })).toHaveAttribute(
    'href',
    'https://north.mydattocommerce.com',
  )
})

test('links are templates, tried at a real record and kept to allowed hosts', async ({
  page,
  addTenant,
  cli,
  startService,
  sampleApi,
}) => {
  await addTenant()
  expect((await cli(['sync'])).status).toBe(0)
  const newest = sampleApi.world.list('quote').toSorted((a, b) => b.id - a.id)[0]
  await enter(page, (await startService()).address)
  await goTo(page, '/tenants/1/details')
  const form = page.getByRole('form', { name: 'Links into Commerce' })
  await expect(form.getByText('https://sample.mydattocommerce.com').first()).toBeVisible()
  await form.getByRole('textbox', { name: 'View quote' }).fill('{base}/quotes/{id}/{number}')
  await expect(form.getByText('{number} is not known here.')).toBeVisible()
  await form.getByRole('textbox', { name: 'View quote' }).fill('https://quotes.example.com/{id}')
  await expect(form.getByText(/This leads to quotes\.example\.com/)).toBeVisible()
  await expect(form.getByRole('button', { name: 'Save' })).toBeDisabled()
  await expectAccessible(page)
  await form.getByLabel('Other hosts').fill('quotes.example.com')
  await expect(form.getByText(`https://quotes.example.com/${newest?.id}`)).toBeVisible()
  await expect(form.getByRole('link', { name: 'Try View quote' })).toHaveAttribute(
    'href',
    `https://quotes.example.com/${newest?.id}`,
  )
  await form.getByRole('textbox', { name: 'Product' }).fill('')
  await page.keyboard.press('Control+s')
  await expect(page.getByText('Saved. It is used from the next run on.').first()).toBeVisible()
  await page.reload()
  await expect(form.getByRole('textbox', { name: 'View quote' })).toHaveValue(
    'https://quotes.example.com/{id}',
  )
  await expect(form.getByRole('textbox', { name: 'Product' })).toHaveValue('')
})

test('another Halo is tried before it is saved; one that cannot be checked needs a tick', async ({
  page,
  addTenant,
  dataFolder,
  startService,
}) => {
  await addTenant()
  await enter(page, (await startService()).address)
  await goTo(page, '/tenants/1/details')
  const form = page.getByRole('form', { name: 'Halo' })
  await page.getByRole('button', { name: 'Test Halo' }).click()
  const ladder = page.getByRole('list', { name: 'Test of Halo' })
  await expect(ladder.getByText('Passed').first()).toBeAttached()
  await form.getByRole('radio', { name: /PostgreSQL/ }).click()
  await form.getByRole('textbox', { name: 'Server' }).fill('127.0.0.1')
  await form.getByRole('textbox', { name: 'Port' }).fill('1')
  await form.getByRole('textbox', { name: 'Database' }).fill('halo')
  await form.getByRole('textbox', { name: 'User name' }).fill('writer')
  await form.getByRole('button', { name: 'Save' }).click()
  await expect(form.getByText('Enter the password.')).toBeVisible()
  await form.getByLabel('Password').fill('a-password-of-the-test')
  await form.getByRole('combobox', { name: /certificate/ }).selectOption('any')
  await expect(form.getByRole('button', { name: 'Save' })).toBeDisabled()
  await expectAccessible(page)
  await form.getByLabel(/I understand that somebody in between/).check()
  await page.getByRole('button', { name: 'Test Halo' }).click()
  await expect(ladder.getByText('Failed').first()).toBeAttached()
  await form.getByRole('button', { name: 'Undo changes' }).click()
  await form.getByRole('textbox', { name: 'File' }).fill(join(dataFolder, 'other.db'))
  await page.keyboard.press('Control+s')
  await expect(page.getByText('Saved. The next run writes there.').first()).toBeVisible()
})
