import { userInfo } from 'node:os'

/** The name of the account that this program runs under; null where the system has none for it (a container's bare user number). */
export function accountName(): string | null {
  try {
    return userInfo().username
  } catch {
    return null
  }
}
