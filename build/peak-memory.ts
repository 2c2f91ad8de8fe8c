import { existsSync, readFileSync } from 'node:fs'

/**
 * The most memory that this process has held at once so far, in MB of 1024 * 1024 bytes. On Linux it is the kernel's own figure of this program;
 * `maxRSS`, which the others have, is there at least what the process that started this one held before it became another program.
 */
export function peakMb(): number {
  const status = '/proc/self/status'
  const own = existsSync(status) ? /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(status, 'utf8'))?.[1] : undefined
  return (own === undefined ? process.resourceUsage().maxRSS : Number(own)) / 1024
}
