import { describe, expect, it, vi } from 'vitest'
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
    const refused = vi.fn()
    protectKeyFile(run(ran), refused, 'win32')?.('C:\\d\\vault.key')
    expect(ran).toEqual([keyRights('C:\\d\\vault.key')])
    expect(protectKeyFile(run(ran), refused, 'linux')).toBeUndefined()
    expect(refused).not.toHaveBeenCalled()
  })

  it('that could not be set are told of', async () => {
    const refused = vi.fn()
    const denied = async () => ({ status: 5, output: 'Access is denied.' })
    protectKeyFile(denied, refused, 'win32')?.('C:\\d\\vault.key')
    await vi.waitFor(() => expect(refused).toHaveBeenCalledWith('C:\\d\\vault.key', 'Access is denied.'))
  })
})
