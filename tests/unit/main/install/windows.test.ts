import { describe, expect, it } from 'vitest'
import {
  pathWithVariable,
  windowsInstall,
  windowsUninstall,
  wrapperText,
} from '../../../../main/install/windows.ts'
import { commandsOf, textAt, windowsPlan } from './a-plan.ts'

const folder = 'C:\\ProgramData\\Commerce Integrator'
const wrapper = `${folder}\\service\\CommerceIntegratorService.exe`
const account = 'NT SERVICE\\CommerceIntegrator'

describe('the wrapper of the Windows service', () => {
  it('is told what to run, and how long a stop may take', () => {
    const text = wrapperText(windowsPlan)
    expect(text).toContain('<executable>C:\\Program Files\\Commerce Integrator\\node.exe</executable>')
    const words = [...text.matchAll(/<argument>(.*)<\/argument>/g)].map((found) => found[1])
    expect(words).toEqual([
      '--max-semi-space-size=4',
      'C:\\Program Files\\Commerce Integrator\\main\\cli.js',
      '--data',
      folder,
      'serve',
      '--port',
      '8765',
      '--quiet',
    ])
    expect(text).toContain('<stoptimeout>30 sec</stoptimeout>')
    expect(text).toContain('<preshutdown>true</preshutdown>')
    expect(text).toContain(`<logpath>${folder}\\logs</logpath>`)
  })

  it('is still XML with any folder', () => {
    const text = wrapperText({ ...windowsPlan, dataFolder: 'D:\\R&D <"x">' })
    expect(text).toContain('<argument>D:\\R&amp;D &lt;&quot;x&quot;&gt;</argument>')
  })
})

describe('a path between whose signs Windows reads a variable', () => {
  it.each([
    ['D:\\100% sure', null],
    ['D:\\50%', null],
    ['D:\\%TEMP%\\data', 'D:\\%TEMP%\\data'],
    ['D:\\5% to 6%', 'D:\\5% to 6%'],
  ])('%s', (dataFolder, found) => {
    expect(pathWithVariable({ ...windowsPlan, dataFolder })).toBe(found)
  })

  it('may be that of the program itself', () => {
    expect(pathWithVariable({ ...windowsPlan, node: 'C:\\%X%\\node.exe' })).toBe('C:\\%X%\\node.exe')
  })
})

describe('installing on Windows', () => {
  const steps = windowsInstall(windowsPlan)
  const commands = commandsOf(steps)
  const sc = (verb: string) => commands.find(([file, first]) => file === 'sc.exe' && first === verb)

  it('registers the wrapper under a virtual account, started late', () => {
    expect(steps).toContainEqual({ kind: 'copy', from: windowsPlan.wrapper, path: wrapper })
    expect(textAt(steps, wrapper.replace(/exe$/, 'xml'))).toBe(wrapperText(windowsPlan))
    expect(sc('create')).toEqual([
      ...['sc.exe', 'create', 'CommerceIntegrator', 'binPath=', `"${wrapper}"`],
      ...['DisplayName=', 'Commerce Integrator', 'start=', 'delayed-auto', 'obj=', account],
    ])
  })

  it('has it restarted after a failure, also one that it reports itself', () => {
    expect(sc('failure')).toEqual([
      ...['sc.exe', 'failure', 'CommerceIntegrator', 'reset=', '86400'],
      ...['actions=', 'restart/10000/restart/60000/restart/300000'],
    ])
    expect(sc('failureflag')).toEqual(['sc.exe', 'failureflag', 'CommerceIntegrator', '1'])
  })

  it('gives it half a minute when Windows shuts down', () => {
    expect(commands).toContainEqual([
      ...['reg.exe', 'add', 'HKLM\\SYSTEM\\CurrentControlSet\\Services\\CommerceIntegrator'],
      ...['/v', 'PreshutdownTimeout', '/t', 'REG_DWORD', '/d', '30000', '/f'],
    ])
  })

  it('makes the door before its rights, which the service then leaves as they are', () => {
    const door = `${folder}\\door`
    const at = (find: (step: (typeof steps)[number]) => boolean) => steps.findIndex(find)
    const made = at((step) => step.kind === 'folder' && step.path === door)
    const closed = at((step) => step.kind === 'run' && step.command.args[0] === door)
    const started = at((step) => step.kind === 'run' && step.command.args[0] === 'start')
    expect([made > 0, closed - made, started > closed]).toEqual([true, 1, true])
  })

  it('closes the folder, what Windows starts, the door, and the key file', () => {
    const rights = commands.filter(([file]) => file === 'icacls.exe')
    expect(rights).toEqual([
      [
        ...[
          'icacls.exe',
          folder,
          '/inheritance:r',
          '/grant:r',
          '*S-1-5-18:(OI)(CI)F',
          '*S-1-5-32-544:(OI)(CI)F',
        ],
        ...[`${account}:(OI)(CI)M`, 'SRV01\\ann:(OI)(CI)M'],
      ],
      [
        ...['icacls.exe', `${folder}\\service`, '/inheritance:r', '/grant:r', '*S-1-5-18:(OI)(CI)F'],
        ...['*S-1-5-32-544:(OI)(CI)F', `${account}:(OI)(CI)RX`],
      ],
      [
        ...['icacls.exe', `${folder}\\door`, '/inheritance:r', '/grant:r', '*S-1-5-18:(OI)(CI)F'],
        ...['*S-1-5-32-544:(OI)(CI)F', `${account}:(OI)(CI)F`, 'SRV01\\ann:(OI)(CI)R'],
      ],
      [
        ...[
          'icacls.exe',
          `${folder}\\vault.key`,
          '/inheritance:r',
          '/grant:r',
          '*S-1-3-4:F',
          '*S-1-5-32-544:F',
        ],
        `${account}:M`,
      ],
    ])
    const names = commands.map(([file, first]) => `${file} ${first}`)
    expect(names.indexOf('sc.exe create')).toBeLessThan(names.findIndex((name) => name.startsWith('icacls')))
    expect(names.at(-1)).toBe('sc.exe start')
  })

  it('runs under another account when one is named', () => {
    const named = commandsOf(windowsInstall({ ...windowsPlan, user: 'CORP\\svc-ci$' }))
    expect(named.find(([, verb]) => verb === 'create')?.at(-1)).toBe('CORP\\svc-ci$')
    expect(JSON.stringify(named)).not.toContain('NT SERVICE')
  })

  it('ends an earlier one first, and removes all but the data', () => {
    const removal = windowsUninstall(windowsPlan)
    expect(removal).toEqual([
      {
        kind: 'run',
        command: { file: 'sc.exe', args: ['stop', 'CommerceIntegrator'] },
        alsoFine: [1060, 1062],
      },
      { kind: 'await-stop', seconds: 35 },
      {
        kind: 'run',
        command: { file: 'sc.exe', args: ['delete', 'CommerceIntegrator'] },
        alsoFine: [1060, 1072],
      },
      { kind: 'remove', path: `${folder}\\service` },
    ])
    expect(steps.slice(0, 3)).toEqual(removal.slice(0, 3))
  })
})
