import { describe, expect, it } from 'vitest'
import type { Command } from '../../../../main/install/command.ts'
import { keyRights, protectKeyFile } from '../../../../main/install/key-rights.ts'

const run = (ran: Command[]) => async (command: Command) => {
  ran.push(command)
  return { status: 0, output: '' }
}

describe('the rights of the key file', () => {
  it('are its owner’s and the Administrators’, and of the accounts that are named', () => {
    expect(keyRights('C:\\d\\vault.key', ['NT SERVICE\\X'])).toEqual({
      file: 'icacls.exe',
      args: [
        'C:\\d\\vault.key',
        '/inheritance:r',
        '/grant:r',
        '*S-1-3-4:F',
        '*S-1-5-32-544:F',
        'NT SERVICE\\X:M',
      ],
    })
  })

  it('are set on Windows when the file is made, and by permission bits elsewhere', () => {
    const ran: Command[] = []
    protectKeyFile(run(ran), 'win32')?.('C:\\d\\vault.key')
    expect(ran).toEqual([keyRights('C:\\d\\vault.key')])
    expect(protectKeyFile(run(ran), 'linux')).toBeUndefined()
  })
})
