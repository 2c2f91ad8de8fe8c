import { win32 } from 'node:path'
import { doorFolder } from '../door.ts'
import { eventCommand } from '../event-log.ts'
import { administrators, keyRights, localSystem } from './key-rights.ts'
import {
  description,
  displayName,
  runStep,
  type ServicePlan,
  type Step,
  serveArguments,
  stopSeconds,
  windowsName,
} from './plan.ts'

/** Error codes of sc.exe (learn.microsoft.com, system error codes): not there, not running, marked for deletion. */
const notThere = 1060
const notRunning = 1062
const goneSoon = 1072

const wrapperName = 'CommerceIntegratorService'
const wrapperFolder = (plan: ServicePlan): string => win32.join(plan.dataFolder, 'service')
export const wrapperPath = (plan: ServicePlan): string =>
  win32.join(wrapperFolder(plan), `${wrapperName}.exe`)

/** Needs no password: the account is the service's own and exists with it. */
export const virtualAccount = `NT SERVICE\\${windowsName}`

/**
 * What the wrapper reads beside itself. It only answers the service control manager and passes a stop on as Ctrl+C; account, start, and
 * restart after a failure are set with sc.exe, which knows virtual accounts (docs/decisions/050).
 */
export function wrapperText(plan: ServicePlan): string {
  const argument = (text: string): string => `  <argument>${escaped(text)}</argument>`
  return `<?xml version="1.0" encoding="utf-8"?>
<service>
  <id>${windowsName}</id>
  <name>${displayName}</name>
  <description>${escaped(description)}</description>
  <executable>${escaped(plan.node)}</executable>
${serveArguments(plan).map(argument).join('\n')}
  <workingdirectory>${escaped(plan.dataFolder)}</workingdirectory>
  <stoptimeout>${stopSeconds} sec</stoptimeout>
  <preshutdown>true</preshutdown>
  <preshutdownTimeout>${stopSeconds} sec</preshutdownTimeout>
  <logpath>${escaped(win32.join(plan.dataFolder, 'logs'))}</logpath>
  <log mode="none" />
</service>
`
}

/**
 * The first of these paths in which Windows would read a variable; null when there is none. The wrapper expands `%NAME%` in all that it reads, as services
 * do in their own path, and knows no way to write the signs themselves (.NET's Environment.ExpandEnvironmentVariables).
 */
export const pathWithVariable = ({ dataFolder, node, script }: ServicePlan): string | null =>
  [dataFolder, node, script].find((path) => /%[^%]+%/.test(path)) ?? null

/** XML's own signs. */
const escaped = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')

/**
 * What installs and starts the service; as administrator. sc.exe takes each option's name and value as two arguments, the name with its
 * equals sign. An earlier service of the name is replaced: its data stay.
 */
export function windowsInstall(plan: ServicePlan): readonly Step[] {
  const account = plan.user ?? virtualAccount
  const sc = (...args: readonly string[]): Step => runStep('sc.exe', args)
  return [
    ...stopAndDelete(),
    { kind: 'folder', path: plan.dataFolder },
    { kind: 'folder', path: wrapperFolder(plan) },
    { kind: 'copy', from: plan.wrapper, path: wrapperPath(plan) },
    {
      kind: 'write',
      path: win32.join(wrapperFolder(plan), `${wrapperName}.xml`),
      text: wrapperText(plan),
      mode: 0o644,
    },
    sc(
      'create',
      windowsName,
      'binPath=',
      `"${wrapperPath(plan)}"`,
      'DisplayName=',
      displayName,
      'start=',
      'delayed-auto',
      'obj=',
      account,
    ),
    sc('description', windowsName, description),
    // A SID of its own, so that rights can be given to this service alone.
    sc('sidtype', windowsName, 'unrestricted'),
    // Three tries at growing distance, then every five minutes; counted anew after a day without failure.
    sc('failure', windowsName, 'reset=', '86400', 'actions=', 'restart/10000/restart/60000/restart/300000'),
    sc('failureflag', windowsName, '1'),
    preshutdown(),
    ...rights(plan, account),
    { kind: 'run', command: installedEvent, optional: 'failures will be in the log file alone' },
    sc('start', windowsName),
  ]
}

/** Also registers the source of our entries, which takes an administrator. */
const installedEvent = eventCommand({
  type: 'INFORMATION',
  text: `${displayName} was installed as a service.`,
})

/** How long Windows waits for this service when it shuts down; sc.exe can only show the value, so it is written where it is kept. */
const preshutdown = (): Step =>
  runStep('reg.exe', [
    'add',
    `HKLM\\SYSTEM\\CurrentControlSet\\Services\\${windowsName}`,
    ...['/v', 'PreshutdownTimeout', '/t', 'REG_DWORD', '/d', String(stopSeconds * 1000), '/f'],
  ])

/** The data folder is for the service, SYSTEM, administrators and whoever installed it, who may also enter by the door; the key file for fewer still. */
function rights(plan: ServicePlan, account: string): readonly Step[] {
  const deep = '(OI)(CI)'
  const persons = plan.installer ? [`${plan.installer}:${deep}M`] : []
  const grants = [`${localSystem}:${deep}F`, `${administrators}:${deep}F`, `${account}:${deep}M`, ...persons]
  // Made here and not by the service, which would leave out the person: an administrator's desktop is not elevated (main/door.ts).
  const door = doorFolder(plan.dataFolder, win32.join)
  const readers = plan.installer ? [`${plan.installer}:${deep}R`] : []
  const key = keyRights(win32.join(plan.dataFolder, 'vault.key'), [account])
  return [
    runStep('icacls.exe', [plan.dataFolder, '/inheritance:r', '/grant:r', ...grants]),
    // What Windows starts may not be changed by those who may change the data.
    runStep('icacls.exe', [
      wrapperFolder(plan),
      ...[
        '/inheritance:r',
        '/grant:r',
        `${localSystem}:${deep}F`,
        `${administrators}:${deep}F`,
        `${account}:${deep}RX`,
      ],
    ]),
    { kind: 'folder', path: door },
    runStep('icacls.exe', [
      door,
      ...['/inheritance:r', '/grant:r', `${localSystem}:${deep}F`, `${administrators}:${deep}F`],
      ...[`${account}:${deep}F`, ...readers],
    ]),
    runStep(key.file, key.args, { optional: 'there is no key file yet; it is closed when it is made' }),
  ]
}

const stopAndDelete = (): readonly Step[] => [
  runStep('sc.exe', ['stop', windowsName], { alsoFine: [notThere, notRunning] }),
  { kind: 'await-stop', seconds: stopSeconds + 5 },
  runStep('sc.exe', ['delete', windowsName], { alsoFine: [notThere, goneSoon] }),
]

/** Stops and removes the service. */
export function windowsUninstall(plan: ServicePlan): readonly Step[] {
  return [...stopAndDelete(), { kind: 'remove', path: wrapperFolder(plan) }]
}

export const windowsQuery = { file: 'sc.exe', args: ['queryex', windowsName] } as const
export const windowsConfigQuery = { file: 'sc.exe', args: ['qc', windowsName] } as const
