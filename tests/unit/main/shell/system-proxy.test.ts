import { expect, it } from 'vitest'
import { proxyOf } from '../../../../main/shell/system-proxy.ts'

it.each([
  ['DIRECT', null],
  ['', null],
  ['PROXY proxy.test:8080', 'http://proxy.test:8080'],
  ['PROXY a:8080;DIRECT', 'http://a:8080'],
  ['HTTPS secure.test:443; PROXY b:80', 'https://secure.test:443'],
  ['SOCKS5 s:1080; PROXY b:80', 'http://b:80'],
  ['SOCKS5 s:1080; DIRECT', null],
  ['SOCKS5 s:1080', 'socks5://s:1080'],
])('what Chromium says, %j, is the way %j', (answer, way) => {
  expect(proxyOf(answer)).toBe(way)
})
