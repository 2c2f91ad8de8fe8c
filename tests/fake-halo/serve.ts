/** A fake Halo by itself, for a measurement or a look from outside: `node tests/fake-halo/serve.ts [PORT] [QUIRKS AS JSON]`. */
import { startFakeHalo } from './index.ts'

const fake = await startFakeHalo(JSON.parse(process.argv[3] ?? '{}'), Number(process.argv[2] ?? 0))
const { url, clientId, secret } = fake
process.stdout.write(`${JSON.stringify({ url, clientId, secret })}\n`)
