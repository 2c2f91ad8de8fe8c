import { fail, fault, type Result } from '../../app/model/fault.ts'
import type { Clock } from '../../app/model/ports.ts'
import type { VaultKind, VaultState } from '../../app/model/settings.ts'
import { keyfileVault } from './keyfile.ts'
import { isSafeBox, osVault, type SecretBox } from './os.ts'
import { type CarriedOver, carryOver, joined, type Vault } from './vault.ts'

export type OpenVault = Vault & {
  state(): VaultState
  /**
   * Seals all secrets anew in the other kind: into the key file before a service takes over, into the operating system's store when the
   * desktop is to have them alone. no-secret-store when that kind cannot be had here.
   */
  moveTo(kind: VaultKind): Result<CarriedOver>
}

type VaultOptions = {
  /** The operating system's box; only the desktop has one. */
  readonly box: SecretBox | null
  /** Closes a new key file to everybody but its owner, where permission bits do not (Windows). */
  readonly protectKey?: ((path: string) => void) | undefined
}

/** The vault of a data folder: what the operating system keeps where that can be had, else the key file; either is read. */
export function openVault(folder: string, clock: Clock, { box, protectKey }: VaultOptions): OpenVault {
  const vaults: Record<VaultKind, Vault> = {
    os: osVault(folder, clock, box),
    keyfile: keyfileVault(folder, clock, protectKey),
  }
  const hasBox = isSafeBox(box)
  // A desktop without a safe box must not fall back to a file by itself: the person decides that, by installing the service.
  const kind: VaultKind = box ? 'os' : 'keyfile'
  const other: VaultKind = kind === 'os' ? 'keyfile' : 'os'
  const all = joined(vaults[kind], [vaults[other]])
  const canMoveTo: readonly VaultKind[] = box ? (hasBox ? ['os', 'keyfile'] : ['keyfile']) : []
  return {
    ...all,
    state: () => ({
      kind,
      isAvailable: kind === 'keyfile' || hasBox,
      canMoveTo,
      secrets: all.names().length,
      lost: all.names().filter((name) => !all.get(name).ok),
    }),
    moveTo: (to) => {
      if (!canMoveTo.includes(to)) return fail(fault('no-secret-store'))
      return carryOver(vaults[to === 'os' ? 'keyfile' : 'os'], vaults[to])
    },
  }
}
