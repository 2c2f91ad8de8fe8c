import type { Command, Run } from './command.ts'

/** Well-known names that are the same in every language of Windows (learn.microsoft.com, well-known SIDs). */
export const administrators = '*S-1-5-32-544'
export const localSystem = '*S-1-5-18'
/** OWNER RIGHTS: whoever made the file, so that no account has to be named. */
const ownerRights = '*S-1-3-4'

/** Closes the vault's key file to everybody but its owner, the Administrators, and the accounts named (the service's). */
export function keyRights(file: string, accounts: readonly string[] = []): Command {
  const grants = [`${ownerRights}:F`, `${administrators}:F`, ...accounts.map((account) => `${account}:M`)]
  return { file: 'icacls.exe', args: [file, '/inheritance:r', '/grant:r', ...grants] }
}

/**
 * What the vault does with a new key file: on Windows its rights are set, elsewhere its permission bits are enough. `onRefused` is told, in
 * icacls's own words, of a file that stays as open as its folder.
 */
export function protectKeyFile(
  run: Run,
  onRefused: (file: string, output: string) => void,
  platform: NodeJS.Platform = process.platform,
): ((path: string) => void) | undefined {
  if (platform !== 'win32') return undefined
  return (path) =>
    void run(keyRights(path)).then(({ status, output }) => {
      if (status !== 0) onRefused(path, output)
    })
}
