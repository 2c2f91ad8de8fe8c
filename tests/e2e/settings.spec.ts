import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, serviceGone, test } from './fixtures.ts'
import { enter, expectAccessible, expectFits, goTo } from './screens.ts'

// The restart in the first test.
test.use({ expectedConsole: serviceGone })

test('the network: what is wrong stands at its field, what is right outlives a restart', async ({
  page,
  dataFolder,
  startService,
}) => {
  const service = await startService()
  await enter(page, service.address)
  await goTo(page, '/settings')
  await page.getByText('This one').click()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText("Enter the proxy's address.")).toBeVisible()
  await page.getByLabel('Address').fill('http://ann:secret@proxy.test:3128')
  await expect(page.getByText('Leave user name and password out')).toBeVisible()
  await page.getByLabel('Password', { exact: true }).fill('a-planted-password')
  await expect(page.getByText('A password needs a user name.')).toBeVisible()
  await page.getByLabel('Reached without the proxy').fill('<local>\nwhat is this?')
  await expect(page.getByText('"this?" is no host')).toBeVisible()
  await expectAccessible(page)
  await expectFits(page)

  await page.getByLabel('Address').fill('http://proxy.test:3128')
  await page.getByLabel('User name').fill('ann')
  await page.getByLabel('Reached without the proxy').fill('<local>\n10.0.0.0/8')
  const file = join(dataFolder, 'company.pem')
  writeFileSync(file, 'no certificate')
  await page.getByLabel('Further authorities').fill(file)
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('cannot be used')).toBeVisible()
  await expectAccessible(page)
  await page.getByLabel('Further authorities').fill('')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Saved. It holds from the next request on.').last()).toBeVisible()

  await page.goto(await service.restart())
  await goTo(page, '/settings/network')
  await expect(page.getByLabel('Address')).toHaveValue('http://proxy.test:3128')
  await expect(page.getByLabel('Password', { exact: true })).toHaveValue('')
  await expect(page.getByText(/Ends in …word/)).toBeVisible()
  await page.getByLabel('Forget the stored password').check()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText(/Ends in …/)).toBeHidden()
})

test('updates, log, secrets, colours and about', async ({ page, dataFolder, startService }) => {
  // Many screens, each in three themes.
  test.slow()
  await enter(page, (await startService()).address)
  await goTo(page, '/settings/updates')
  await page.getByLabel(/^Install it by itself/).check()
  await page.getByLabel('Only between two times of day').check()
  await page.getByLabel('Until').fill('22:00')
  await expect(page.getByText('The hours begin when they end')).toBeVisible()
  await page.getByLabel('Where to look').fill('http://updates.test')
  await expect(page.getByText('Enter a web address that starts with https://')).toBeVisible()
  await expectAccessible(page)
  await expectFits(page)
  await page.getByLabel('Until').fill('05:00')
  await page.getByLabel('Where to look').fill('https://updates.test/feed')
  await page.keyboard.press('Control+s')
  await expect(page.getByText('Saved.', { exact: true }).last()).toBeVisible()
  await page.reload()
  await expect(page.getByLabel('Until')).toHaveValue('05:00')

  await goTo(page, '/settings/log')
  await page.getByLabel('How much it says').selectOption('debug')
  await expect(page.getByText('Saved.', { exact: true }).last()).toBeVisible()
  await expect(page.getByText(join(dataFolder, 'logs'))).toBeVisible()
  await page.reload()
  await expect(page.getByLabel('How much it says')).toHaveValue('debug')
  for (const [part, text] of [
    ['log', 'Folder of the log files'],
    ['secrets', 'Only the desktop program reaches both places.'],
    ['about', 'is under the MIT licence'],
    ['appearance', 'As the system'],
  ] as const) {
    await goTo(page, `/settings/${part}`)
    await expect(page.getByText(text)).toBeVisible()
    await expectAccessible(page)
    await expectFits(page)
  }
  await page.getByLabel(/^High contrast/).check()
  await expect(page.locator('html')).toHaveAttribute('data-look', 'contrast')
  await expectAccessible(page)
  await goTo(page, '/settings/nowhere')
  await expect(page.getByText('This part of the settings')).toBeVisible()
})

test('a form with something unsaved asks before it is left, whichever way', async ({
  page,
  startService,
}) => {
  await enter(page, (await startService()).address)
  await page.getByRole('link', { name: 'Settings' }).click()
  await page.getByRole('link', { name: 'Updates' }).click()
  await page.getByLabel('Where to look').fill('https://updates.test/feed')
  const question = page.getByRole('alertdialog', { name: 'Leave without saving?' })

  await page.getByRole('link', { name: 'Appearance' }).click()
  await expect(question).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(question).toBeHidden()
  await expect(page.getByLabel('Where to look')).toHaveValue('https://updates.test/feed')

  await page.goBack()
  await expect(question).toBeVisible()
  expect(new URL(page.url()).pathname).toBe('/settings/updates')
  await question.getByRole('button', { name: 'Stay here' }).click()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('tenants')
  await page.keyboard.press('Enter')
  await expect(question).toBeVisible()
  await question.getByRole('button', { name: 'Stay here' }).click()

  const closing = page.waitForEvent('dialog')
  const reloading = page.reload({ timeout: 5_000 }).catch(() => null)
  const dialog = await closing
  expect(dialog.type()).toBe('beforeunload')
  await dialog.dismiss()
  await reloading
  await expect(page.getByLabel('Where to look')).toHaveValue('https://updates.test/feed')

  await page.goBack()
  await question.getByRole('button', { name: 'Leave without saving' }).click()
  await expect(page).toHaveURL((url) => url.pathname === '/settings')
  await page.getByRole('link', { name: 'Overview' }).click()
  await expect(question).toBeHidden()
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible()
})
