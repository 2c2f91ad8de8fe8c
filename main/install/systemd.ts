import {
  displayName,
  runStep,
  type ServicePlan,
  type Step,
  serveArguments,
  stopSeconds,
  unitName,
} from './plan.ts'

const unitFile = `/etc/systemd/system/${unitName}.service`
const sysusersFile = `/etc/sysusers.d/${unitName}.conf`
/** Where StateDirectory= puts it, and the program's own default. */
const usualFolder = `/var/lib/${unitName}`

/**
 * The unit. MemoryDenyWriteExecute is left out on purpose: V8 compiles JavaScript into memory that it then runs. ProtectHome is read-only
 * where the program itself lies in a home folder. One arena of glibc's malloc instead of one a thread: what a sync used is given back (measured in
 * docs/performance.md). Exit status 1 (folder in use, port taken) is tried again every ten seconds, for ever: the other owner goes.
 */
export function unitText(plan: ServicePlan): string {
  const account = plan.user ?? unitName
  const isUsual = plan.dataFolder === usualFolder
  const isInHome = [plan.node, plan.script].some((path) => /^\/(home|root|run\/user)\//.test(path))
  return `[Unit]
Description=${displayName}
Wants=network-online.target
After=network-online.target
StartLimitIntervalSec=0

[Service]
Type=exec
ExecStart=${[plan.node, ...serveArguments(plan)].map(quoted).join(' ')}
User=${account}
${isUsual ? `StateDirectory=${unitName}\nStateDirectoryMode=0750` : `ReadWritePaths=${quoted(plan.dataFolder)}`}
Environment=NODE_ENV=production MALLOC_ARENA_MAX=1
UMask=0027
KillSignal=SIGTERM
KillMode=mixed
TimeoutStopSec=${stopSeconds}
Restart=on-failure
RestartSec=10

NoNewPrivileges=yes
ProtectSystem=strict
ProtectHome=${isInHome ? 'read-only' : 'yes'}
PrivateTmp=yes
PrivateDevices=yes
ProtectClock=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectControlGroups=yes
ProtectProc=invisible
CapabilityBoundingSet=
AmbientCapabilities=
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
RemoveIPC=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallErrorNumber=EPERM

[Install]
WantedBy=multi-user.target
`
}

/** systemd reads quotes, backslashes, % (specifiers) and $ (variables) in ExecStart; each is written so that it stands for itself. */
function quoted(text: string): string {
  const plain = text.replace(/%/g, '%%')
  if (/^[\w@+=:,./%-]+$/.test(plain)) return plain
  return `"${plain.replace(/[\\"]/g, '\\$&').replace(/\$/g, '$$$$')}"`
}

/** A user of its own, without shell or home, made by systemd-sysusers. */
const sysusersText = `u ${unitName} - "${displayName}" ${usualFolder}\n`

/** What installs and starts the service; as root. An earlier one is replaced: its data stay. */
export function systemdInstall(plan: ServicePlan): readonly Step[] {
  const account = plan.user ?? unitName
  const own: readonly Step[] = plan.user
    ? []
    : [
        { kind: 'write', path: sysusersFile, text: sysusersText, mode: 0o644 },
        runStep('systemd-sysusers', [sysusersFile]),
      ]
  return [
    ...own,
    { kind: 'folder', path: plan.dataFolder },
    // What an administrator made there by hand before must be the service's, too; the key file stays closed to everybody else.
    runStep('chown', ['-R', `${account}:`, plan.dataFolder]),
    // systemd does so for its usual folder alone, and only when it starts.
    runStep('chmod', ['0750', plan.dataFolder]),
    { kind: 'write', path: unitFile, text: unitText(plan), mode: 0o644 },
    runStep('systemctl', ['daemon-reload']),
    runStep('systemctl', ['enable', `${unitName}.service`]),
    runStep('systemctl', ['restart', `${unitName}.service`]),
  ]
}

/** Stops and removes the service. systemctl answers 5 for a unit that is not there (systemctl(1), LSB codes). */
export function systemdUninstall(): readonly Step[] {
  return [
    runStep('systemctl', ['disable', '--now', `${unitName}.service`], { alsoFine: [1, 5] }),
    { kind: 'remove', path: unitFile },
    { kind: 'remove', path: sysusersFile },
    runStep('systemctl', ['daemon-reload']),
    runStep('systemctl', ['reset-failed', `${unitName}.service`], { alsoFine: [1, 5] }),
  ]
}

export const systemdQuery = {
  file: 'systemctl',
  args: [
    'show',
    `${unitName}.service`,
    '--property=LoadState,ActiveState,SubState,UnitFileState,MainPID,User,Result',
  ],
} as const
