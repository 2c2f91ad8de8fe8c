import { execFile } from 'node:child_process'

/** A program with its arguments; never a line for a shell, so that nothing in it needs quoting. */
export type Command = { readonly file: string; readonly args: readonly string[] }

/** `status` null: the program could not be started, and `output` says why. */
export type Ran = { readonly status: number | null; readonly output: string }
export type Run = (command: Command) => Promise<Ran>

const longestMs = 120_000

/** Runs a command to its end and gives what it printed. Never rejects: a program that is missing is an answer, too. */
export const run: Run = ({ file, args }) =>
  new Promise((resolve) => {
    execFile(file, [...args], { timeout: longestMs, windowsHide: true }, (error, stdout, stderr) => {
      const output = `${stdout}${stderr}`.trim()
      if (!error) resolve({ status: 0, output })
      else if (typeof error.code === 'number') resolve({ status: error.code, output })
      else resolve({ status: null, output: output || error.message })
    })
  })

/** As a person would type it, for a list of what is going to be done. */
export const typed = ({ file, args }: Command): string =>
  [file, ...args].map((part) => (/^[\w@%+=:,./\\*-]+$/.test(part) ? part : JSON.stringify(part))).join(' ')
