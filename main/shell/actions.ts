import type { Fault } from '../../app/model/fault.ts'
import type { Clock } from '../../app/model/ports.ts'
import type { ElectronParts } from './electron.ts'
import type { HostApi } from './host-api.ts'
import type { LoginItem } from './login.ts'
import type { TrayAction } from './tray-view.ts'

export type ActionParts = {
  readonly electron: Pick<ElectronParts, 'app' | 'shell'>
  readonly api: Pick<HostApi, 'sync' | 'pause'>
  readonly clock: Clock
  readonly loginItem: LoginItem | null
  readonly show: (path: string | null) => void
  /** The folder with the logs. */
  readonly folder: () => string
  readonly onTrouble: (error: unknown, what: string) => void
}

const hourMs = 3_600_000
/** A pause has an end in the store; this one lasts until a person resumes. */
const untilResumed = '9999-12-31T00:00:00.000Z'

/** Does what was chosen in the tray; the first refusal that a person should hear of, or null. */
export async function act(action: TrayAction, parts: ActionParts): Promise<Fault | null> {
  const { api, electron } = parts
  switch (action.do) {
    case 'open':
      parts.show(action.path)
      return null
    case 'sync':
      return firstRefusal(action.tenantIds, (id) => api.sync(id))
    case 'pause': {
      const until = action.for === 'hour' ? new Date(parts.clock.now() + hourMs).toISOString() : untilResumed
      return firstRefusal(action.tenantIds, (id) => api.pause(id, until))
    }
    case 'resume':
      return firstRefusal(action.tenantIds, (id) => api.pause(id, null))
    case 'logs': {
      const trouble = await electron.shell.openPath(parts.folder())
      if (trouble !== '') parts.onTrouble(new Error(trouble), 'opening the log folder')
      return null
    }
    case 'login-item':
      if (!parts.loginItem?.set(action.isOn)) parts.onTrouble(new Error('refused'), 'starting at login')
      return null
    case 'about':
      electron.app.showAboutPanel()
      return null
    case 'quit':
      electron.app.quit()
      return null
  }
}

/** All are tried. One that runs already is what was wanted. */
async function firstRefusal(
  ids: readonly number[],
  send: (id: number) => Promise<Fault | null>,
): Promise<Fault | null> {
  let first: Fault | null = null
  for (const id of ids) {
    const refused = await send(id)
    if (refused && refused.code !== 'already-running') first ??= refused
  }
  return first
}
