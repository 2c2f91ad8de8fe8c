import { describe, expect, it } from 'vitest'
import { readSystemd, readWindows, serviceState } from '../../../../main/install/state.ts'

const said = (output: string, status: number | null = 0) => ({ status, output })

const unit = (more: Record<string, string> = {}) =>
  said(
    Object.entries({
      LoadState: 'loaded',
      ActiveState: 'active',
      SubState: 'running',
      UnitFileState: 'enabled',
      MainPID: '4711',
      User: 'commerce-integrator',
      ...more,
    })
      .map(([name, value]) => `${name}=${value}`)
      .join('\n'),
  )

describe('what systemd says', () => {
  it('is read', () => {
    expect(readSystemd(unit())).toEqual({
      ok: true,
      value: {
        system: 'systemd',
        state: 'running',
        isAutomatic: true,
        pid: 4711,
        account: 'commerce-integrator',
      },
    })
  })

  it.each([
    [
      { LoadState: 'not-found', ActiveState: 'inactive', MainPID: '0', User: '', UnitFileState: '' },
      'absent',
    ],
    [{ ActiveState: 'inactive', SubState: 'dead', MainPID: '0' }, 'stopped'],
    [{ ActiveState: 'activating', SubState: 'start' }, 'starting'],
    [{ ActiveState: 'activating', SubState: 'auto-restart' }, 'failed'],
    [{ ActiveState: 'deactivating', SubState: 'stop-sigterm' }, 'stopping'],
    [{ ActiveState: 'failed' }, 'failed'],
  ])('tells %j as %s', (more, state) => {
    expect(readSystemd(unit(more))).toMatchObject({ value: { state } })
  })

  it('is a fault where there is no systemd', () => {
    expect(readSystemd(said('System has not been booted with systemd', 1))).toMatchObject({
      ok: false,
      fault: { code: 'service-refused', raw: 'System has not been booted with systemd' },
    })
  })
})

const german = (state: string, exit = '(0x0)') => `SERVICE_NAME: CommerceIntegrator
        TYP                : 10  WIN32_OWN_PROCESS
        STATUS             : ${state}
                                (STOPPABLE, NOT_PAUSABLE, ACCEPTS_PRESHUTDOWN)
        WIN32_BEENDIGUNGSCODE      : 0  ${exit}
        DIENST_BEENDIGUNGSCODE   : 0  (0x0)
        PID                : 1234
`
const config = `        STARTTYP           : 2   AUTO_START  (DELAYED)
        SERVICE_START_NAME : NT SERVICE\\CommerceIntegrator
`

describe('what sc.exe says', () => {
  it('is read in any language', () => {
    expect(readWindows(said(german('4  RUNNING')), said(config))).toEqual({
      ok: true,
      value: {
        system: 'windows',
        state: 'running',
        isAutomatic: true,
        pid: 1234,
        account: 'NT SERVICE\\CommerceIntegrator',
      },
    })
  })

  it.each([
    [german('1  STOPPED'), 'stopped'],
    [german('1  STOPPED', '(0x435)'), 'stopped'],
    [german('1  STOPPED', '(0x1)'), 'failed'],
    [german('2  START_PENDING'), 'starting'],
    [german('3  STOP_PENDING'), 'stopping'],
  ])('tells a state', (output, state) => {
    expect(readWindows(said(output), null)).toMatchObject({ value: { state } })
  })

  it('is a service that is not there, or a fault', () => {
    expect(readWindows(said('...', 1060), null)).toMatchObject({ value: { state: 'absent' } })
    expect(readWindows(said('Access is denied.', 5), null)).toMatchObject({
      fault: { code: 'service-refused' },
    })
  })
})

describe('asking', () => {
  it('asks each system its own way', async () => {
    const asked: string[] = []
    const run = async ({ file, args }: { file: string; args: readonly string[] }) => {
      asked.push(`${file} ${args[0]}`)
      return file === 'sc.exe' ? said(args[0] === 'qc' ? config : german('4  RUNNING')) : unit()
    }
    expect(await serviceState('linux', run)).toMatchObject({ value: { system: 'systemd' } })
    expect(await serviceState('win32', run)).toMatchObject({
      value: { system: 'windows', isAutomatic: true },
    })
    expect(asked).toEqual(['systemctl show', 'sc.exe queryex', 'sc.exe qc'])
  })
})
