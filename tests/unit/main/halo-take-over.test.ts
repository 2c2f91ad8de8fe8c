import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { haloTakeOver } from '../../../main/halo-take-over.ts'
import { must, tempFolder, testClock } from '../app/store/temp-store.ts'

it('asks a real embedded Halo for its own connections, and lets go of it', async () => {
  const file = join(tempFolder(), 'halo.db')
  expect(must(await haloTakeOver({ kind: 'sqlite', file }, { clock: testClock() }, []))).toEqual([])
  const halo = new Database(file)
  halo.exec(
    "INSERT INTO DattoCommerceDetails (DCDid, DCDUrl) VALUES (1, 'https://north.mydattocommerce.com')",
  )
  halo.close()
  expect(must(await haloTakeOver({ kind: 'sqlite', file }, { clock: testClock() }, [1]))).toMatchObject([
    { haloTenantId: 1, url: 'https://north.mydattocommerce.com' },
  ])
})

it('answers with what is wrong when the Halo cannot be opened', async () => {
  const file = join(tempFolder(), 'not', 'there', 'halo.db')
  expect(await haloTakeOver({ kind: 'sqlite', file }, { clock: testClock() }, [])).toMatchObject({
    ok: false,
  })
})
