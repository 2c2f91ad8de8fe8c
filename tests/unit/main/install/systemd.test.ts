import { describe, expect, it } from 'vitest'
import { systemdInstall, systemdUninstall, unitText } from '../../../../main/install/systemd.ts'
import { commandsOf, linuxPlan, textAt } from './a-plan.ts'

const lines = (text: string): readonly string[] => text.split('\n')

describe('the systemd unit', () => {
  it('runs the service as a user of its own, in a folder that systemd makes', () => {
    expect(lines(unitText(linuxPlan))).toEqual(
      expect.arrayContaining([
        'ExecStart=/opt/commerce-integrator/node --max-semi-space-size=4 /opt/commerce-integrator/main/cli.js --data /var/lib/commerce-integrator serve --port 8765 --quiet',
        'User=commerce-integrator',
        'StateDirectory=commerce-integrator',
        'Type=exec',
        'Restart=on-failure',
        'TimeoutStopSec=30',
        'KillSignal=SIGTERM',
        'WantedBy=multi-user.target',
      ]),
    )
  })

  it('is hardened, without forbidding the memory that V8 compiles into', () => {
    const unit = lines(unitText(linuxPlan))
    for (const line of [
      'NoNewPrivileges=yes',
      'ProtectSystem=strict',
      'ProtectHome=yes',
      'PrivateTmp=yes',
      'CapabilityBoundingSet=',
      'RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK',
      'SystemCallFilter=@system-service',
    ])
      expect(unit).toContain(line)
    expect(unit.some((line) => line.startsWith('MemoryDenyWriteExecute'))).toBe(false)
  })

  it('opens a data folder elsewhere for writing, and a program in a home for reading', () => {
    const unit = lines(
      unitText({ ...linuxPlan, dataFolder: '/srv/ci', script: '/home/ann/ci/main/cli.ts', user: 'ann' }),
    )
    expect(unit).toEqual(
      expect.arrayContaining(['ReadWritePaths=/srv/ci', 'ProtectHome=read-only', 'User=ann']),
    )
    expect(unit.some((line) => line.startsWith('StateDirectory'))).toBe(false)
  })

  it('writes every path so that systemd reads it as it is', () => {
    const [line] = lines(unitText({ ...linuxPlan, dataFolder: '/srv/a b/50%/$x/"q"\\' })).filter((one) =>
      one.startsWith('ExecStart='),
    )
    expect(line).toContain('--data "/srv/a b/50%%/$$x/\\"q\\"\\\\" serve')
  })
})

describe('installing under systemd', () => {
  it('makes the user, the folder and the unit, and starts it', () => {
    const steps = systemdInstall(linuxPlan)
    expect(textAt(steps, '/etc/sysusers.d/commerce-integrator.conf')).toBe(
      'u commerce-integrator - "Commerce Integrator" /var/lib/commerce-integrator\n',
    )
    expect(textAt(steps, '/etc/systemd/system/commerce-integrator.service')).toBe(unitText(linuxPlan))
    expect(commandsOf(steps)).toEqual([
      ['systemd-sysusers', '/etc/sysusers.d/commerce-integrator.conf'],
      ['chown', '-R', 'commerce-integrator:', '/var/lib/commerce-integrator'],
      ['chmod', '0750', '/var/lib/commerce-integrator'],
      ['systemctl', 'daemon-reload'],
      ['systemctl', 'enable', 'commerce-integrator.service'],
      ['systemctl', 'restart', 'commerce-integrator.service'],
    ])
  })

  it('makes no user when one was named', () => {
    const steps = systemdInstall({ ...linuxPlan, user: 'ann' })
    expect(textAt(steps, '/etc/sysusers.d/commerce-integrator.conf')).toBe('')
    expect(commandsOf(steps)[0]).toEqual(['chown', '-R', 'ann:', '/var/lib/commerce-integrator'])
  })

  it('goes again without a word about what is already gone', () => {
    const steps = systemdUninstall()
    expect(steps[0]).toMatchObject({
      command: { file: 'systemctl', args: ['disable', '--now', 'commerce-integrator.service'] },
      alsoFine: [1, 5],
    })
    expect(steps.flatMap((step) => (step.kind === 'remove' ? [step.path] : []))).toEqual([
      '/etc/systemd/system/commerce-integrator.service',
      '/etc/sysusers.d/commerce-integrator.conf',
    ])
  })
})
