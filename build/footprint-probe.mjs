/**
 * Loaded before a measured service (`node --import`): notes its memory and processor time in FOOTPRINT_FILE every second. JavaScript, because
 * a probe in TypeScript would have Node load its compiler into what is measured.
 */
import { appendFileSync } from 'node:fs'
import { isMainThread } from 'node:worker_threads'

const file = process.env.FOOTPRINT_FILE
// The figures are the whole process's, threads included, so one thread notes them.
if (file && isMainThread) {
  const note = () => {
    const { user, system } = process.cpuUsage()
    const line = { atMs: Date.now(), rssMb: process.memoryUsage.rss() / 1e6, cpuMs: (user + system) / 1000 }
    appendFileSync(file, `${JSON.stringify(line)}\n`)
  }
  setInterval(note, 1000).unref()
}
