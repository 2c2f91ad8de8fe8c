/** Loaded before a measured program (`node --import`): writes its peak memory and processor time to BENCH_USAGE when it ends. */
import { writeFileSync } from 'node:fs'
import { isMainThread } from 'node:worker_threads'
import { peakMb } from './peak-memory.ts'

const file = process.env.BENCH_USAGE
// Worker threads load this, too; the figures are the whole process's, threads included, so one note is enough.
if (file && isMainThread)
  process.on('exit', () => {
    const { userCPUTime, systemCPUTime } = process.resourceUsage()
    // The times are in microseconds.
    writeFileSync(file, JSON.stringify({ peakMb: peakMb(), cpuS: (userCPUTime + systemCPUTime) / 1e6 }))
  })
