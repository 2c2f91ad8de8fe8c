import { describe, expect, it } from 'vitest'
import type { NewStage } from '../conformance.ts'
import { contact, customer, instance } from '../records.ts'

export function customersConform(stage: NewStage): void {
  describe('a customer', () => {
    it('becomes a client with a site, an address and contacts', async () => {
      const { put } = await stage()
      const contacts = [
        contact('Ann Hill', 'ann@hill.example', { phone: '0113 1' }),
        contact('Bob Hill', 'bob@hill.example'),
      ]
      expect(await put('customers', customer(7, { name: 'Hill & Söhne 株式会社', contacts }))).toEqual({
        name: 'Hill & Söhne 株式会社',
        reference: 'C7',
        url: `${instance}/customers/7`,
        commerceId: 7,
        site: 'Main',
        address: ['1 High Street', '', 'Leeds', 'West Yorkshire, UK', 'LS1 1AA'],
        contacts: [
          { name: 'Ann Hill', email: 'ann@hill.example', phone: '0113 1' },
          { name: 'Bob Hill', email: 'bob@hill.example', phone: '' },
        ],
      })
    })

    it('is not touched when nothing is new', async () => {
      const { write, world } = await stage()
      const batch = [customer(1), customer(2)]
      const made = await write('customers', ...batch)
      expect(made.map(({ kind }) => kind)).toEqual(['created', 'created'])
      const again = await write('customers', ...batch)
      expect(again.map(({ kind }) => kind)).toEqual(['unchanged', 'unchanged'])
      expect(again.map(({ haloId }) => haloId)).toEqual(made.map(({ haloId }) => haloId))
      expect(await world.count('customers')).toBe(2)
    })

    it('follows Commerce: name, address, a new contact', async () => {
      const { write, put } = await stage()
      await write('customers', customer(1))
      const changed = customer(1, {
        name: 'Renamed Ltd',
        address: { ...customer(1).address, line1: '2 Low Street' },
        contacts: [contact('Ann Hill1', 'ann@c1.example'), contact('Cid New', 'cid@c1.example')],
      })
      expect(await put('customers', changed)).toMatchObject({
        name: 'Renamed Ltd',
        address: ['2 Low Street', '', 'Leeds', 'West Yorkshire, UK', 'LS1 1AA'],
        contacts: [{ name: 'Ann Hill1' }, { name: 'Cid New', email: 'cid@c1.example' }],
      })
      const [outcome] = await write('customers', { ...changed, name: 'Renamed again' })
      expect(outcome?.kind).toBe('updated')
      expect(outcome?.changes.map(({ before, after }) => [before, after])).toEqual([
        ['Renamed Ltd', 'Renamed again'],
      ])
    })

    it('keeps what Halo has where Commerce has nothing', async () => {
      const { write, put } = await stage()
      await write('customers', customer(1))
      const empty = { line1: '', line2: '', line3: '', line4: '', postcode: '' }
      expect(await put('customers', customer(1, { reference: '', address: empty }))).toMatchObject({
        reference: 'C1',
        address: ['1 High Street', '', 'Leeds', 'West Yorkshire, UK', 'LS1 1AA'],
      })
    })

    it('is known by its contacts’ e-mail addresses without regard to case', async () => {
      const { write, put } = await stage()
      await write('customers', customer(1, { contacts: [contact('Ann Hill', 'Ann@Hill.example')] }))
      const seen = await put(
        'customers',
        customer(1, { contacts: [contact('Ann Hill', 'ann@hill.example')] }),
      )
      expect(seen.contacts).toHaveLength(1)
    })
  })
}
