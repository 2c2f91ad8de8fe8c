import { readFile, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { generate } from 'selfsigned'
import { expect, test } from './fixtures.ts'
import { enter, expectAccessible, goTo } from './screens.ts'

const isHar = async (text: string): Promise<string> => {
  const schema = JSON.parse(
    await readFile(new URL('../fixtures/contracts/har-1.2.json', import.meta.url), 'utf8'),
  )
  const ajv = new Ajv({ allErrors: true })
  addFormats.default(ajv)
  const check = ajv.compile(schema)
  return check(JSON.parse(text)) ? '' : JSON.stringify(check.errors)
}

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** Enough for each list to have a row or two: what is looked at is the inspector. */
const few = { customers: 4, products: 5, quotes: 4, orders: 2 }
test.use({ sample: few })

test.describe('a person who has only the inspector', () => {
  // Each case ends in a browser that is looked at in three looks.
  test.slow()

  test('finds a wrong key and where to enter the right one', async ({
    page,
    addTenant,
    cli,
    startService,
  }) => {
    await addTenant({ key: 'a-key-that-is-wrong' })
    await cli(['sync'])
    await enter(page, (await startService()).address)
    await page.keyboard.press('F12')
    await expect(page.getByRole('heading', { name: 'API inspector' })).toBeVisible()
    const requests = page.getByRole('grid', { name: 'Requests' })
    await requests.getByText('401 Key refused').first().click()
    const detail = page.getByRole('region', { name: /^Request \d+$/ })
    await expect(detail.getByText(/refused the API key/)).toBeVisible()
    await expect(detail.getByText(/Developer API/).first()).toBeVisible()
    await expectAccessible(page)
    await detail.getByRole('link', { name: 'Open the tenant’s connection' }).click()
    await expect(page).toHaveURL(/\/tenants\/1\/details/)
  })

  test('finds an expired certificate, and that the clock comes first', async ({
    page,
    cli,
    dataFolder,
    startService,
  }) => {
    const made = await generate([{ name: 'commonName', value: 'localhost' }], {
      notBeforeDate: new Date('2020-01-01'),
      notAfterDate: new Date('2021-01-01'),
      extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
    })
    const server = createTlsServer({ key: made.private, cert: made.cert }, (_, answer) => answer.end('[]'))
    const port = (await listening(server)).split(':')[1]
    const where = ['--url', 'https://sample.mydattocommerce.com', '--api-url', `https://localhost:${port}`]
    const ca = `${dataFolder}/ca.pem`
    await writeFile(ca, made.cert)
    expect((await cli(['settings', 'network', '--ca-file', ca])).status).toBe(0)
    const halo = ['--halo', `sqlite:${dataFolder}/halo.db`]
    const args = ['tenant', 'add', '--name', 'Expired', ...where, '--api-key-stdin', ...halo]
    expect((await cli(args, 'some-key-of-a-tenant')).status).toBe(0)
    await cli(['sync'])
    await enter(page, (await startService()).address)
    await goTo(page, '/inspector?q=kind:failures')
    await page.getByRole('grid', { name: 'Requests' }).getByText('No answer').first().click()
    const detail = page.getByRole('region', { name: /^Request \d+$/ })
    await expect(detail.getByText(/is not valid at this time; it ran until/)).toBeVisible()
    await expect(detail.getByText(/clock of this computer/)).toBeVisible()
    await expectAccessible(page)
    server.close()
  })

  test('finds that a proxy answered in place of Commerce', async ({
    page,
    cli,
    dataFolder,
    startService,
  }) => {
    const pageText = await readFile(new URL('../fixtures/answers/proxy-page.html', import.meta.url), 'utf8')
    const server = createServer((_, answer) =>
      answer.writeHead(200, { 'content-type': 'text/html' }).end(pageText),
    )
    const host = await listening(server)
    const where = [
      '--url',
      'https://sample.mydattocommerce.com',
      '--api-url',
      `http://${host}`,
      '--api-key-stdin',
    ]
    const args = [
      'tenant',
      'add',
      '--name',
      'Behind a proxy',
      ...where,
      '--halo',
      `sqlite:${dataFolder}/halo.db`,
    ]
    expect((await cli(args, 'some-key-of-a-tenant')).status).toBe(0)
    await cli(['sync'])
    await enter(page, (await startService()).address)
    await goTo(page, '/inspector?q=kind:failures')
    await page.getByRole('grid', { name: 'Requests' }).getByText('200 Web page').first().click()
    const detail = page.getByRole('region', { name: /^Request \d+$/ })
    await expect(detail.getByText(/answered with a web page instead of data/)).toBeVisible()
    await expect(detail.getByText(/FortiGuard/).first()).toBeVisible()
    await detail.getByRole('button', { name: 'Response' }).click()
    // Shown as text: nothing of the page is drawn.
    await expect(detail.getByText('<h2>FortiGuard')).toBeVisible()
    await expect(detail.getByRole('heading', { name: /Access Blocked/ })).toHaveCount(0)
    server.close()
  })

  test('finds that the database cannot be reached', async ({
    page,
    cli,
    sampleApi,
    dataFolder,
    startService,
  }) => {
    const where = [
      '--url',
      'https://sample.mydattocommerce.com',
      '--api-url',
      sampleApi.url,
      '--api-key-stdin',
    ]
    const halo = ['--halo', `sqlite:${dataFolder}/no/such/folder/halo.db`]
    const added = await cli(['tenant', 'add', '--name', 'No database', ...where, ...halo], sampleApi.key)
    expect(added.status, added.stderr).toBe(0)
    await writeFile(`${dataFolder}/no`, 'a file where a folder should be')
    await cli(['sync'])
    await enter(page, (await startService()).address)
    await goTo(page, '/inspector?q=host:halo')
    await page.getByRole('grid', { name: 'Requests' }).getByText('Database error').first().click()
    const detail = page.getByRole('region', { name: /^Request \d+$/ })
    await expect(detail.getByText(/Halo could not be reached/).first()).toBeVisible()
    await expect(detail.getByRole('link', { name: 'Open the tenant’s Halo' })).toBeVisible()
  })
})

test.describe('a server that fails now and then', () => {
  test.use({ sample: { ...few, quirks: { failEvery: 4 } } })

  test('the filter line, by keyboard alone', async ({ page, addTenant, cli, startService }) => {
    test.slow()
    await addTenant()
    expect((await cli(['sync'])).status).toBe(0)
    await enter(page, (await startService()).address)
    await page.keyboard.press('F12')
    const requests = page.getByRole('grid', { name: 'Requests' })
    await expect(requests.getByText('200 OK').first()).toBeVisible()
    await expectAccessible(page)

    await page.keyboard.press('/')
    const line = page.getByRole('combobox', { name: 'Filter requests' })
    await expect(line).toBeFocused()
    await page.keyboard.type('kind:fail')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect(line).toHaveValue('kind:failures ')
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/q=kind%3Afailures/)
    await expect(requests.getByText('200 OK')).toHaveCount(0)
    await expect(page.getByRole('button', { name: 'Failures' })).toHaveAttribute('aria-pressed', 'true')
    await line.fill('statsu:4xx')
    await expect(page.getByText('Is "status:" meant?')).toBeVisible()
  })
})

test('details, causes and files, by keyboard alone', async ({
  page,
  addTenant,
  cli,
  sampleApi,
  startService,
}) => {
  test.slow()
  await addTenant()
  await sampleApi.stop()
  await cli(['sync'])
  await enter(page, (await startService()).address)
  await page.keyboard.press('F12')
  const requests = page.getByRole('grid', { name: 'Requests' })
  await expect(requests.getByText('No answer').first()).toBeVisible()
  await requests.focus()
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  const detail = page.getByRole('region', { name: /^Request \d+$/ })
  await expect(detail.getByText(/accepts no connection|broke off/).first()).toBeVisible()
  for (const name of ['Timing', 'Attempts', 'Related', 'Request', 'Response']) {
    await detail.getByRole('button', { name: new RegExp(`^${name}`) }).press('Enter')
    await expect(detail.getByRole('region', { name })).toBeVisible()
  }
  const divider = page.getByRole('separator', { name: /^Divider/ })
  const before = Number(await divider.getAttribute('aria-valuenow'))
  await divider.press('ArrowLeft')
  await expect(divider).toHaveAttribute('aria-valuenow', String(before - 2))
  await page.keyboard.press('Escape')
  await expect(detail).toBeHidden()

  await page.getByRole('button', { name: 'By cause' }).press('Enter')
  await expect(page.getByRole('columnheader', { name: 'Cause' })).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'By cause' }).press('Enter')

  await page.keyboard.press('Control+e')
  const saving = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Save the file' }).press('Enter')
  const har = await (await saving).path()
  expect(await isHar(await readFile(har, 'utf8'))).toBe('')
})

test('a body as a tree, and a read sent again', async ({ page, addTenant, cli, startService }) => {
  test.slow()
  await addTenant()
  expect((await cli(['sync'])).status).toBe(0)
  await enter(page, (await startService()).address)
  await goTo(page, '/requests/1')
  await expect(page).toHaveURL(/\/inspector\?id=1/)
  const detail = page.getByRole('region', { name: 'Request 1' })
  await detail.getByRole('button', { name: 'Response' }).click()
  const tree = detail.getByRole('tree')
  await expect(tree.getByRole('treeitem').first()).toBeVisible()
  await detail.getByRole('searchbox').fill('name')
  await expect(detail.getByText(/^1 of/)).toBeVisible()
  await expectAccessible(page)
  await detail.getByRole('button', { name: 'Send again' }).click()
  await expect(page.getByText(/Sent again/).first()).toBeVisible()
  await expect(page).not.toHaveURL(/id=1(&|$)/)
})

test('a report before it is saved, and what is kept', async ({ page, addTenant, cli, startService }) => {
  test.slow()
  await addTenant()
  expect((await cli(['sync'])).status).toBe(0)
  await enter(page, (await startService()).address)
  await goTo(page, '/inspector')
  await page.getByRole('button', { name: 'Report ...' }).first().click()
  const report = page.getByRole('dialog', { name: 'Make a report' })
  await expect(report.getByText('configuration.json', { exact: true })).toBeVisible()
  await report.getByText('about.json', { exact: true }).click()
  await expect(report.getByText(/"program":/)).toBeVisible()
  const saving = page.waitForEvent('download')
  await report.getByRole('link', { name: 'Save the file' }).click()
  expect((await saving).suggestedFilename()).toMatch(/^commerce-integrator-.*report\.zip$/)

  await page.getByRole('button', { name: 'What is kept' }).click()
  const kept = page.getByRole('dialog', { name: 'What is kept' })
  await kept.getByLabel('Requests').fill('5')
  await expect(kept.getByText(/A whole number from 100/)).toBeVisible()
  await kept.getByRole('button', { name: 'Clear all ...' }).click()
  await kept.getByRole('button', { name: /^Clear \d+ requests/ }).click()
  await expect(page.getByText('No request has been recorded yet')).toBeVisible()
})

test('a HAR file from elsewhere is shown and explained, read only', async ({ page, startService }) => {
  const entry = {
    startedDateTime: '2026-05-10T12:00:00.000Z',
    request: { method: 'GET', url: 'https://api.kaseyaquotemanager.com/v1/quote', headers: [] },
    response: { status: 401, headers: [], content: { size: 4, mimeType: 'text/plain', text: 'nope' } },
    timings: { wait: 50, receive: 2 },
  }
  await enter(page, (await startService()).address)
  await goTo(page, '/inspector')
  await page.getByRole('button', { name: 'Open HAR' }).click()
  await page.getByLabel('HAR file').setInputFiles({
    ...{ name: 'theirs.har', mimeType: 'application/json' },
    buffer: Buffer.from(JSON.stringify({ log: { entries: [entry] } })),
  })
  await page.getByRole('grid', { name: 'Requests of this file' }).getByText('401 Key refused').click()
  await expect(page.getByRole('region', { name: 'Request 1' }).getByText(/refused the API key/)).toBeVisible()
  await expectAccessible(page)
  await page.getByLabel('HAR file').setInputFiles({
    ...{ name: 'other.har', mimeType: 'application/json' },
    buffer: Buffer.from('hello'),
  })
  await expect(page.getByText('This is no HAR file: it has no list of requests.')).toBeVisible()
})
