import { describe, expect, it } from 'vitest'
import { isBypassed } from '../../../../app/http/bypass.ts'

describe('the list of hosts reached without the proxy', () => {
  it.each([
    ['https://a.example/', '*'],
    ['https://a.example/', 'a.example'],
    ['https://A.Example/', ' a.EXAMPLE '],
    ['https://sub.a.example/', 'a.example'],
    ['https://sub.a.example/', '.a.example'],
    ['https://sub.a.example/', '*.a.example'],
    ['https://a.example/', '.a.example'],
    ['https://a.example/', 'a.example:443'],
    ['http://a.example:8080/', 'a.example:8080'],
    ['https://10.1.2.3/', '10.0.0.0/8'],
    ['https://192.168.7.9/', '192.168.*'],
    ['https://10.1.2.3/', '10.1.2.3'],
    ['https://[fd00::1]/', 'fd00::/8'],
    ['https://[fd00::1]/', '[fd00::1]:443'],
    ['https://server/', '<local>'],
  ])('takes in %s by %s', (url, entry) => {
    expect(isBypassed(new URL(url), ['other.example', entry])).toBe(true)
  })

  it.each([
    ['https://ba.example/', 'a.example'],
    ['https://a.example.org/', 'a.example'],
    ['https://a.example/', 'a.example:8443'],
    ['https://11.1.2.3/', '10.0.0.0/8'],
    ['https://a.example/', '10.0.0.0/8'],
    ['https://10.1.2.3/', '10.0.0.0/99'],
    ['https://10.1.2.3/', 'x/8'],
    ['https://10.1.2.30/', '10.1.2.3'],
    ['https://a.b/', '<local>'],
    ['https://[fd00::1]/', '<local>'],
    ['https://a.example/', ''],
    ['https://axexample/', 'a.example'],
  ])('leaves out %s by %s', (url, entry) => {
    expect(isBypassed(new URL(url), [entry])).toBe(false)
  })
})
