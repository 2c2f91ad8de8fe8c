// `node build/start.mjs FILE [ARGS]`: runs one of our TypeScript files on the pinned Node. In an npm script `node` may still be the machine's
// own, even after set-up: a shell remembers where it found it first, and that was before node_modules existed.
import { startPinned } from './run.mjs'

const [file, ...args] = process.argv.slice(2)
if (file === undefined) {
  process.stderr.write('Which file? node build/start.mjs FILE [ARGS]\n')
  process.exit(1)
}
startPinned(file, args)
