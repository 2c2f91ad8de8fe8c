/** `npm run bench:import -- --hostile`: what files cost that are made to do harm, read as the program reads them, each in a process of its own. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { hostiles } from './hostile-sheets.ts'

const costSchema = z.object({ seconds: z.number(), peakMb: z.number(), refused: z.string().nullable() })
type Cost = z.infer<typeof costSchema>

/** The aims: seconds to the refusal, and megabytes more than for a small good workbook. */
const most = { seconds: 2, extraMb: 100 }

/** `part`: the program that reads one file and tells what it cost. Prints a line for each file as it is done. */
export async function benchHostile(part: string, only: string | undefined): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'bench-hostile-'))
  try {
    let base: Cost | null = null
    console.log(
      `\n| file | its MB | seconds | MB more | came to | |\n| --- | ---: | ---: | ---: | --- | --- |`,
    )
    for (const [at, { name, make }] of hostiles.entries()) {
      if (at > 0 && only !== undefined && !name.includes(only)) continue
      const file = join(home, `${at}.bin`)
      await make(file)
      const cost = await read(part, file, join(home, `data-${at}`))
      base ??= cost
      const extraMb = cost.peakMb - base.peakMb
      const isSlow = cost.refused !== null && cost.seconds > most.seconds
      const isMissed = isSlow || extraMb > most.extraMb
      const figures = [(statSync(file).size / 1e6).toFixed(1), cost.seconds.toFixed(2), extraMb.toFixed(0)]
      console.log(
        `| ${name} | ${figures.join(' | ')} | ${cost.refused ?? 'was read'} | ${isMissed ? 'missed' : ''} |`,
      )
      rmSync(file)
    }
    console.log(`\nA small good workbook comes to ${base?.peakMb.toFixed(0)} MB in all.`)
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

function read(part: string, file: string, data: string): Promise<Cost> {
  const child = spawn(process.execPath, [part, 'read', file, data], { stdio: ['ignore', 'pipe', 'inherit'] })
  let out = ''
  child.stdout.on('data', (piece: Buffer) => {
    out += piece.toString()
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (status) => {
      if (status === 0) resolve(costSchema.parse(JSON.parse(out)))
      else reject(new Error(`Reading ${file} ended with ${status}.`))
    })
  })
}
