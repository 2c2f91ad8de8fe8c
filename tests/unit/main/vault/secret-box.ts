import type { SecretBox } from '../../../../main/vault/os.ts'

/** The operating system's box of one user: what another user sealed does not open. It seals by turning bits, which is enough to be unreadable. */
export function secretBox(user: string, more: Partial<SecretBox> = {}): SecretBox {
  const mark = Buffer.from(`${user}:`)
  const turned = (bytes: Buffer): Buffer => Buffer.from(bytes.map((byte) => byte ^ 0x5a))
  return {
    isEncryptionAvailable: () => true,
    encryptString: (text) => turned(Buffer.concat([mark, Buffer.from(text, 'utf8')])),
    decryptString: (sealed) => {
      const open = turned(sealed)
      if (!open.subarray(0, mark.length).equals(mark))
        throw new Error('Error while decrypting the ciphertext.')
      return open.subarray(mark.length).toString('utf8')
    },
    ...more,
  }
}
