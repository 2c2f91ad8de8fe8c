import type { Event } from 'electron'
import type { ContentsPart, ElectronParts, Navigation, SessionPart } from './electron.ts'
import { isOurPage, mayOpenOutside } from './links.ts'

type GuardParts = {
  readonly shell: Pick<ElectronParts['shell'], 'openExternal'>
  /** Hosts of the tenants' portals, as they are now. */
  readonly hosts: () => readonly string[]
  readonly onTrouble: (error: unknown, what: string) => void
}

/** The one permission that the page has: writing to the clipboard at a click ("copy as cURL"). */
const allowed = 'clipboard-sanitized-write'

/** Refuses every permission of the browser but the clipboard's to our own page, and every device. */
export function guardSession(session: SessionPart): void {
  session.setPermissionRequestHandler((contents, permission, decide) => {
    decide(permission === allowed && isOurPage(contents.getURL()))
  })
  session.setPermissionCheckHandler(
    (contents, permission) => permission === allowed && contents !== null && isOurPage(contents.getURL()),
  )
  session.setDevicePermissionHandler(() => false)
}

/** Holds a page where it is: it goes nowhere but to itself, opens no window, embeds nothing; a link to a tenant's portal opens in the browser. */
export function guardContents(contents: ContentsPart, parts: GuardParts): void {
  const openOutside = (address: string): void => {
    if (!mayOpenOutside(address, parts.hosts())) return
    parts.shell.openExternal(address).catch((error: unknown) => parts.onTrouble(error, 'opening the browser'))
  }
  const stay = (event: Navigation): void => {
    if (isOurPage(event.url)) return
    event.preventDefault()
  }
  contents.on('will-navigate', (event) => {
    stay(event)
    if (!isOurPage(event.url)) openOutside(event.url)
  })
  // Frames have no reason to go anywhere, not even to our own page.
  contents.on('will-frame-navigate', stay)
  contents.on('will-redirect', stay)
  contents.on('will-attach-webview', (event: Event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    openOutside(url)
    return { action: 'deny' }
  })
}
