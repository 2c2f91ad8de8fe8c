import { join } from 'node:path'
import { expect, it } from 'vitest'
import { haloChoices } from '../../../main/halo-choices.ts'
import { must, tempFolder, testClock } from '../app/store/temp-store.ts'

it('asks a real embedded Halo for groups, statuses and custom fields, and lets go of it', async () => {
  const file = join(tempFolder(), 'halo.db')
  const choices = must(await haloChoices({ kind: 'sqlite', file }, { clock: testClock() }))
  expect(choices.groups).toEqual([{ id: 1, name: 'Datto Commerce' }])
  expect(choices.quoteStatus).toContainEqual({ id: 3, name: 'Accepted' })
  expect(choices.orderStatus).toContainEqual({ id: 2, name: 'Processed' })
  expect(must(await haloChoices({ kind: 'sqlite', file }, { clock: testClock() }))).toEqual(choices)
})

it('answers with what is wrong when the Halo cannot be opened', async () => {
  const file = join(tempFolder(), 'not', 'there', 'halo.db')
  expect(await haloChoices({ kind: 'sqlite', file }, { clock: testClock() })).toMatchObject({ ok: false })
})
