import type {
  HandlerDetails,
  PermissionCheckHandlerHandlerDetails,
  PermissionRequest,
  WebContents,
} from 'electron'
import { beforeEach, describe, expect, test } from 'vitest'
import { guardContents, guardSession } from '../../../../main/shell/guards.ts'
import { FakeContents, fakeElectron, fakeEvent } from '../../../fake-electron.ts'

const portal = 'https://northwind.mydattocommerce.com/quotes/1'
let fake = fakeElectron()
let contents = new FakeContents()
beforeEach(() => {
  fake = fakeElectron()
  contents = new FakeContents()
  guardContents(contents, {
    shell: fake.electron.shell,
    hosts: () => ['northwind.mydattocommerce.com'],
    onTrouble: (error) => {
      throw error
    },
  })
})

function goes(event: string, url: string): boolean {
  const leaving = Object.assign(fakeEvent(), { url })
  contents.emit(event, leaving)
  return !leaving.defaultPrevented
}

describe('a page stays where it is', () => {
  test.each(['will-navigate', 'will-frame-navigate', 'will-redirect'])('%s', (event) => {
    expect(goes(event, 'app://commerce-integrator/runs/1')).toBe(true)
    for (const url of [
      'https://evil.example/',
      'file:///etc/passwd',
      // What a dropped file would lead to, if the page did not take it.
      'file:///C:/Users/Ada/Desktop/customers.xlsx',
      'data:text/html,x',
      'app://other/',
      portal,
    ])
      expect(goes(event, url), url).toBe(false)
  })
  test('a link to a tenant portal opens in the browser, no other', () => {
    goes('will-navigate', 'https://evil.example/')
    goes('will-navigate', portal)
    goes('will-frame-navigate', portal)
    expect(fake.seen.opened).toEqual([portal])
  })
  test('no new window, ever; a portal opens in the browser', () => {
    const details = (url: string) => ({ url }) as HandlerDetails
    for (const url of [portal, 'https://evil.example/', 'app://commerce-integrator/', 'javascript:alert(1)'])
      expect(contents.windowOpen?.(details(url))).toEqual({ action: 'deny' })
    expect(fake.seen.opened).toEqual([portal])
  })
  test('no webview', () => {
    const event = fakeEvent()
    contents.emit('will-attach-webview', event, {}, {})
    expect(event.defaultPrevented).toBe(true)
  })
})

describe('permissions', () => {
  const asks = [
    'media',
    'geolocation',
    'notifications',
    'openExternal',
    'clipboard-read',
    'hid',
    'usb',
    'fileSystem',
  ] as const
  const page = (url: string) => ({ getURL: () => url }) as WebContents
  const decide = (
    permission: (typeof asks)[number] | 'clipboard-sanitized-write',
    url: string,
  ): boolean[] => {
    guardSession(fake.electron.session.defaultSession)
    const { request, check, device } = fake.seen.permissions
    let isGranted = true
    request?.(
      page(url),
      permission,
      (answer) => {
        isGranted = answer
      },
      {} as PermissionRequest,
    )
    const checked = check?.(page(url), permission, url, {} as PermissionCheckHandlerHandlerDetails)
    expect(device?.({ deviceType: 'usb', origin: url, device: {} } as never)).toBe(false)
    return [isGranted, checked ?? true]
  }
  test.each(asks)('%s is refused to our own page', (permission) => {
    expect(decide(permission, 'app://commerce-integrator/')).toEqual([false, false])
  })
  test('writing to the clipboard is for our own page alone', () => {
    expect(decide('clipboard-sanitized-write', 'app://commerce-integrator/')).toEqual([true, true])
    expect(decide('clipboard-sanitized-write', 'https://evil.example/')).toEqual([false, false])
  })
})
