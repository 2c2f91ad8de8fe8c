import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { replaceFile } from '../atomic-file.ts'
import { onDisk } from './disk.ts'
import type { AppPart } from './electron.ts'

/** Whether the program starts, without a window, when this person signs in. */
export type LoginItem = {
  isOn(): boolean
  /** False when it could not be changed. */
  set(isOn: boolean): boolean
}

const args = ['--hidden']

/** Windows and macOS through Electron; Linux, where Electron has none, by the desktop's own autostart file. `program` is what to start. */
export function loginItem(
  app: AppPart,
  platform: NodeJS.Platform,
  program: string,
  configHome: string,
): LoginItem {
  if (platform === 'linux')
    return autostartFile(program, join(configHome, 'autostart', 'commerce-integrator.desktop'))
  return {
    isOn: () => app.getLoginItemSettings({ path: program, args }).openAtLogin,
    set: (isOn) => {
      app.setLoginItemSettings({ openAtLogin: isOn, path: program, args })
      return true
    },
  }
}

function autostartFile(program: string, file: string): LoginItem {
  return {
    isOn: () => onDisk(() => readFileSync(file, 'utf8').includes('[Desktop Entry]'), false),
    set: (isOn) =>
      onDisk(() => {
        if (isOn) {
          mkdirSync(dirname(file), { recursive: true })
          replaceFile(file, desktopEntry(program), 0o644)
        } else rmSync(file, { force: true })
        return true
      }, false),
  }
}

/** By the Desktop Entry Specification: in a quoted argument of Exec, `"`, backtick, `$` and `\` are escaped (twice, as in any string value). */
function desktopEntry(program: string): string {
  const quoted = `"${program.replace(/["`$\\]/g, (sign) => (sign === '\\' ? '\\\\\\\\' : `\\\\${sign}`)).replaceAll('%', '%%')}"`
  return `[Desktop Entry]\nType=Application\nName=Commerce Integrator\nExec=${quoted} ${args.join(' ')}\nTerminal=false\n`
}
