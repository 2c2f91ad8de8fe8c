import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { entities } from '../../../../app/model/tenant.ts'
import {
  hostsOf,
  isOurPage,
  mayOpenOutside,
  pathInArguments,
  pathOfLink,
} from '../../../../main/shell/links.ts'

describe('deep links', () => {
  test.each([
    ['commerce-integrator://run/12', '/runs/12'],
    ['commerce-integrator://run/12/', '/runs/12'],
    ['commerce-integrator://exchange/7', '/requests/7'],
    ['commerce-integrator://tenant/3', '/tenants/3'],
    ['commerce-integrator://record/quotes/1/55', '/quotes/1/55'],
    ['commerce-integrator://record/salesOrders/2/9', '/sales-orders/2/9'],
  ])('%s leads to %s', (link, path) => expect(pathOfLink(link)).toBe(path))

  test.each([
    'commerce-integrator://run/0',
    'commerce-integrator://run/1/../../api',
    'commerce-integrator://run/1?x=1',
    'commerce-integrator://run/12345678901',
    'commerce-integrator://settings/1',
    'commerce-integrator://record/constructor/1/1',
    'commerce-integrator://record/quotes/1',
    'https://run/1',
    'COMMERCE-INTEGRATOR://run/1 --hidden',
    '',
  ])('%s leads nowhere', (link) => expect(pathOfLink(link)).toBeNull())

  test('whatever comes, a path of one of the known screens or nothing', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('run', 'exchange', 'tenant', 'record'), (tail, kind) => {
        const path = pathOfLink(`commerce-integrator://${kind}/${tail}`)
        expect(path ?? '/runs/1').toMatch(
          /^\/(runs|requests|tenants|customers|quotes|sales-orders|products)(\/\d+){1,2}$/,
        )
      }),
    )
  })

  test('lead to screens that the page has', () => {
    const page = readFileSync(new URL('../../../../renderer/app.tsx', import.meta.url), 'utf8')
    for (const path of ['/runs/:id', '/requests/:id', '/tenants/:id'])
      expect(page).toMatch(new RegExp(`path="${path}[/"]`))
    for (const entity of entities) {
      const path = pathOfLink(`commerce-integrator://record/${entity}/1/2`)?.replace('/1/2', '')
      expect(page).toContain(`path: '${path}', entity: '${entity}'`)
    }
  })

  test('are found among the arguments of a start', () => {
    expect(pathInArguments(['program', '--hidden', 'commerce-integrator://run/4'])).toBe('/runs/4')
    expect(pathInArguments(['program', 'commerce-integrator://nonsense'])).toBeNull()
  })
})

describe('what is our page', () => {
  test.each([
    ['app://commerce-integrator/', true],
    ['app://commerce-integrator/quotes/1/2', true],
    ['app://commerce-integrator.evil.example/', false],
    ['app://other/', false],
    ['https://commerce-integrator/', false],
    ['about:blank', false],
    ['javascript:alert(1)', false],
    ['file:///etc/passwd', false],
    ['not an address', false],
  ])('%s: %s', (address, isOurs) => expect(isOurPage(address)).toBe(isOurs))
})

describe('what opens in the browser', () => {
  const hosts = hostsOf(['https://northwind.mydattocommerce.com', 'http://plain.example', 'nonsense'])

  test('hosts are those of https portals', () => expect(hosts).toEqual(['northwind.mydattocommerce.com']))

  test.each([
    ['https://northwind.mydattocommerce.com/quotes/1', true],
    ['https://northwind.mydattocommerce.com:443/', true],
    ['http://northwind.mydattocommerce.com/', false],
    ['https://northwind.mydattocommerce.com:8443/', false],
    ['https://northwind.mydattocommerce.com.evil.example/', false],
    ['https://northwind.mydattocommerce.com@evil.example/', false],
    ['https://user@northwind.mydattocommerce.com/', false],
    ['https://mydattocommerce.com/', false],
    ['file:///c:/windows/system32/calc.exe', false],
    ['ms-msdt:/id', false],
    ['nonsense', false],
  ])('%s: %s', (address, may) => expect(mayOpenOutside(address, hosts)).toBe(may))
})
