/**
 * What stands in the bundle for the Azure libraries that tedious (SQL Server) loads: 19 MB for signing in with Microsoft Entra and for column
 * keys in an Azure Key Vault, neither of which can be set here (docs/decisions/071). Nothing of it is reached with a login or a domain account.
 */
const leftOut = (): never => {
  throw new Error('Signing in with Microsoft Entra is not part of this program.')
}

/** Called to find out whether what was given is such a credential: nothing is. */
export const isTokenCredential = (): boolean => false
/** Those that are made with `new`. */
export class ClientSecretCredential {
  constructor() {
    leftOut()
  }
}
export class DefaultAzureCredential extends ClientSecretCredential {}
export class ManagedIdentityCredential extends ClientSecretCredential {}
export class UsernamePasswordCredential extends ClientSecretCredential {}
export class KeyClient extends ClientSecretCredential {}
export class CryptographyClient extends ClientSecretCredential {}
