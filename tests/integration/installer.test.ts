import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it, test } from 'vitest'
import { checkout } from '../../build/program.ts'

const ours = join(checkout, 'build', 'installer', 'setup.nsh')
const templates = join(checkout, 'node_modules', 'app-builder-lib', 'templates', 'nsis')
const script = readFileSync(ours, 'utf8')
const folder = mkdtempSync(join(tmpdir(), 'installer-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** makensis where it is installed (the package nsis of Debian and Ubuntu); electron-builder brings its own only when it packs. */
const compilers = ['makensis'].filter((name) => spawnSync(name, ['-VERSION']).status === 0)

const templateText = readdirSync(templates, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.nsh') || name.endsWith('.nsi'))
  .map((name) => readFileSync(join(templates, name), 'utf8'))
  .join('\n')

/**
 * The least that electron-builder's templates have around our macros: theirs for looking whether the program runs, a section, the
 * uninstaller's in a compilation of its own. The words and the name of the program are those of any language and any program.
 */
const around = `
Unicode true
Name "Commerce Integrator"
OutFile "${join(folder, 'made.exe')}"
!define PRODUCT_NAME "Commerce Integrator"
!define APP_EXECUTABLE_FILENAME "Commerce Integrator.exe"
!define INSTALL_MODE_PER_ALL_USERS
!define nsProcess::FindProcess
!addincludedir "${join(templates, 'include')}"
!include LogicLib.nsh
!include FileFunc.nsh
!define isUpdated '"" isUpdated ""'
!macro _isUpdated _a _b _t _f
  \${GetParameters} $R9
  ClearErrors
  \${GetOptions} $R9 "--updated" $R8
  IfErrors \`\${_f}\` \`\${_t}\`
!macroend
!include "${ours}"
!include allowOnlyOneInstallerInstance.nsh
LangString appRunning 1033 "runs"
LangString appClosing 1033 "closing"
LangString appCannotBeClosed 1033 "cannot"
!insertmacro customHeader
Section
  !ifdef BUILD_UNINSTALLER
    WriteUninstaller "$EXEDIR\\un.exe"
  !else
    !insertmacro CHECK_APP_RUNNING
    !insertmacro customInstall
  !endif
SectionEnd
!ifdef BUILD_UNINSTALLER
  Section un.install
    !insertmacro CHECK_APP_RUNNING
    !insertmacro customUnInstall
  SectionEnd
!else
  Function .onInit
    !insertmacro customInit
  FunctionEnd
!endif
`

describe('what the installer does besides copying files', () => {
  it('hooks into places that the templates have', () => {
    const hooks = [...script.matchAll(/^!macro (custom\w+)/gm)].map(([, name]) => name ?? '')
    expect(hooks).toHaveLength(5)
    for (const hook of hooks) expect(templateText, hook).toContain(`!insertmacro ${hook}`)
    for (const [, name = ''] of script.matchAll(/!insertmacro (\w+)/g))
      expect(`${script}\n${templateText}`, name).toContain(`!macro ${name}`)
  })

  it('leaves the service alone in the uninstaller of an upgrade, which the templates call with --updated', () => {
    expect(templateText).toContain('StrCpy $0 "$0 --updated"')
    expect(script).toMatch(/!macro customUnInstall\n[^!]*\$\{IfNot\} \$\{isUpdated\}/)
  })

  test.each(compilers)('is compiled by %s, a warning being an error', (makensis) => {
    const file = join(folder, 'around.nsi')
    writeFileSync(file, around)
    for (const defined of [[], ['-DBUILD_UNINSTALLER']]) {
      const made = spawnSync(makensis, ['-WX', '-V2', '-INPUTCHARSET', 'UTF8', ...defined, file], {
        encoding: 'utf8',
      })
      expect(made.stdout + made.stderr).toBe('')
      expect(made.status).toBe(0)
    }
  })
})
