import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { resourceNames } from '../../../../../app/commerce/resources/resource.ts'
import { happen } from '../../../../../app/commerce/sample-api/activity.ts'
import { makeWorld } from '../../../../../app/commerce/sample-api/world.ts'

const base = Date.parse('2026-06-01T08:00:00Z')
const clockAt = (ms: number) => ({ now: () => ms })
const laterMs = base + 5 * 60_000
const later = new Date(laterMs).toISOString()
const sizes = { customers: 40, products: 60, quotes: 120, orders: 40 }
const make = (seed = 1, wanted = sizes) => makeWorld(seed, base, wanted, clockAt(laterMs))

const everything = (world: ReturnType<typeof make>) =>
  JSON.stringify(resourceNames.map((name) => world.slice(name, {}, 0, 10_000).rows))

describe('the invented records', () => {
  it('are the same for the same seed, in whatever order they are asked for, and others for another', () => {
    const [one, two] = [make(7), make(7)]
    two.get('quoteline', two.ids('quoteline').at(-1) ?? 0)
    expect(everything(two)).toBe(everything(one))
    expect(everything(make(8))).not.toBe(everything(one))
  })

  it('belong together: parts have their parents, quotes and orders their customers', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const world = make(seed, { customers: 6, products: 7, quotes: 12, orders: 6 })
        for (const quote of world.list('quote')) {
          expect(world.get('customer', quote.customerID)).not.toBeNull()
          const order = quote.salesOrderId === null ? null : world.get('salesorder', quote.salesOrderId)
          expect(quote.status === 3).toBe(quote.salesOrderId !== null)
          if (quote.status === 3)
            expect(order).toMatchObject({ quoteID: quote.id, customerID: quote.customerID })
        }
        for (const section of world.list('quotesection'))
          expect(world.ids('quotesection', { parentId: section.quoteID })).toContain(section.id)
        for (const line of world.list('quoteline'))
          expect(world.ids('quoteline', { parentId: line.quoteSectionID })).toContain(line.id)
        for (const line of world.list('salesorderline'))
          expect(world.ids('salesorderline', { parentId: line.salesOrderID })).toContain(line.id)
        const orders = world.list('salesorder').filter((order) => order.quoteID !== null)
        for (const order of orders)
          expect(world.get('quote', order.quoteID ?? 0)?.salesOrderId).toBe(order.id)
      }),
      { numRuns: 25 },
    )
  })

  it('have ids that rise within a list', () => {
    const world = make()
    for (const name of resourceNames) {
      const ids = world.ids(name)
      expect(ids).toEqual(ids.toSorted((a, b) => a - b))
      expect(new Set(ids).size).toBe(ids.length)
    }
  })

  it('lie in the past and change after they were made', () => {
    for (const quote of make().list('quote')) {
      expect(quote.modifiedDate < '2026-06-01T08:00:00.000Z').toBe(true)
      expect(quote.modifiedDate >= quote.createdDate).toBe(true)
    }
  })

  it('take over the chosen lines of a quote into its order', () => {
    const world = make()
    const won = world.list('quote').filter((quote) => quote.status === 3)
    expect(won.length).toBeGreaterThan(5)
    for (const quote of won) {
      const sections = world.ids('quotesection', { parentId: quote.id })
      const chosen = sections
        .flatMap((parentId) => world.list('quoteline', { parentId }))
        .filter((line) => line.isSelected && world.get('product', line.productID ?? 0))
      const taken = world.list('salesorderline', { parentId: quote.salesOrderId ?? 0 })
      expect(taken.map((line) => [line.productID, line.price, line.quantity, line.tax])).toEqual(
        chosen.map((line) => [line.productID, line.price, line.quantity, line.tax]),
      )
    }
  })

  it('stay cheap to make where there are very many', () => {
    const world = make(3, { customers: 10, products: 10, quotes: 1_000_000, orders: 0 })
    const { rows, total } = world.slice('quote', {}, 999_990, 100)
    expect([rows.length, total]).toEqual([10, 1_000_000])
  })
})

describe('the nasty cases that the records hold', () => {
  const world = make()
  const lines = world.list('quoteline')
  const quotes = world.list('quote')

  it('every status of quotes and orders', () => {
    expect([...new Set(quotes.map((quote) => quote.status))].toSorted((a, b) => a - b)).toEqual([
      0, 1, 2, 3, 4, 5, 90,
    ])
    const orders = world.list('salesorder').map((order) => order.status)
    expect([...new Set(orders)].toSorted((a, b) => a - b)).toEqual([1, 2, 3, 90])
  })

  it('sections to choose from, with exactly one line selected', () => {
    const choices = world.list('quotesection').filter((section) => section.isMultiChoice)
    expect(choices.length).toBeGreaterThan(5)
    for (const section of choices) {
      const selected = world.list('quoteline', { parentId: section.id }).filter((line) => line.isSelected)
      expect(selected).toHaveLength(1)
    }
  })

  it('sections of products, text, acceptance, splash and labour, some of them not selected', () => {
    const sections = world.list('quotesection')
    expect([...new Set(sections.map((section) => section.type))].toSorted()).toEqual([0, 1, 2, 3, 4])
    expect(sections.some((section) => !section.isSelected)).toBe(true)
  })

  it('optional lines chosen and not', () => {
    const optional = lines.filter((line) => line.isOptional)
    expect(new Set(optional.map((line) => line.isSelected)).size).toBe(2)
  })

  it('lines that recur monthly, quarterly and yearly', () => {
    const periods = lines.filter((line) => line.isRecurring).map((line) => line.recurringType)
    expect([...new Set(periods)].toSorted()).toEqual([0, 1, 2])
  })

  it('both kinds of discount, negative prices and zero quantities', () => {
    expect([...new Set(lines.map((line) => line.discountMethod))].toSorted()).toEqual([0, 1, null])
    expect(lines.some((line) => line.price < 0)).toBe(true)
    expect(lines.some((line) => line.quantity === 0)).toBe(true)
  })

  it('lines whose product is gone', () => {
    const gone = lines.filter((line) => line.productID !== null && !world.get('product', line.productID))
    expect(gone.length).toBeGreaterThan(3)
  })

  it('markup in descriptions and letters of many scripts', () => {
    expect(lines.some((line) => line.description?.includes('<script>'))).toBe(true)
    const names = world.list('customer').map((customer) => customer.name)
    expect(names.some((name) => /[^\u0020-\u024f]/.test(name))).toBe(true)
    expect(quotes.some((quote) => /\p{Emoji_Presentation}/u.test(quote.title))).toBe(true)
  })

  it('dates of the year 1', () => {
    expect(quotes.some((quote) => quote.expiryDate.startsWith('0001-'))).toBe(true)
  })

  it('customers without contacts, and one e-mail address at several customers', () => {
    const contacts = world.list('contact')
    const withContacts = new Set(contacts.map((contact) => contact.customerID))
    expect(withContacts.size).toBeLessThan(world.count('customer'))
    const shared = contacts.filter((contact) => contact.email === 'accounts@shared-books.example')
    expect(new Set(shared.map((contact) => contact.customerID)).size).toBeGreaterThan(1)
  })

  it('serialised products, sold with their serial numbers', () => {
    expect(world.list('product').some((product) => product.isSerialized)).toBe(true)
    expect(world.list('salesorderline').some((line) => line.serialNumbers.length > 0)).toBe(true)
  })

  it('a tree of categories whose parents come first', () => {
    const categories = world.list('category')
    const children = categories.filter((category) => category.parentID !== null)
    expect(children.length).toBeGreaterThan(5)
    for (const { id, parentID } of children) {
      expect(categories.findIndex((category) => category.id === parentID)).toBeLessThan(
        categories.findIndex((category) => category.id === id),
      )
    }
  })
})

describe('changes', () => {
  it('move the modified date to the clock, which finds them by date', () => {
    const world = make()
    const id = world.ids('quote')[5] ?? 0
    expect(world.ids('quote', { afterMs: base })).toEqual([])
    expect(world.touchQuote(id, { title: 'Changed' })).toMatchObject({
      id,
      title: 'Changed',
      modifiedDate: later,
    })
    expect(world.ids('quote', { afterMs: laterMs - 1 })).toEqual([id])
    expect(world.ids('quote', { afterMs: laterMs })).toEqual([])
  })

  it('of a line move its quote, unless told otherwise', () => {
    const world = make()
    const line = world.ids('quoteline')[0] ?? 0
    world.touchLine(line, { price: 1.23 }, { isQuoteMoved: false })
    expect(world.ids('quote', { afterMs: base })).toEqual([])
    world.touchLine(line, { price: 4.56 })
    expect(world.ids('quote', { afterMs: base })).toEqual([world.ids('quote')[0]])
    expect(world.get('quoteline', line)).toMatchObject({ price: 4.56, modifiedDate: later })
  })

  it('of a status to won make an order of the chosen lines, and back take its id away', () => {
    const world = make()
    const quote = world.addQuote()
    const won = world.changeStatus(quote.id, 3)
    const order = world.get('salesorder', won.salesOrderId ?? 0)
    expect(order).toMatchObject({ quoteID: quote.id, customerID: quote.customerID, createdDate: later })
    expect(world.ids('salesorderline', { parentId: won.salesOrderId ?? 0 })).toHaveLength(2)
    expect(world.changeStatus(quote.id, 1)).toMatchObject({ status: 1, salesOrderId: null })
  })

  it('add records at the end of their lists, found by their parents', () => {
    const world = make()
    const customer = world.addCustomer({ name: 'Brand New' })
    const contact = world.addContact(customer.id)
    const quote = world.addQuote({ customerID: customer.id })
    expect(world.ids('customer').at(-1)).toBe(customer.id)
    expect(world.ids('contact', { parentId: customer.id })).toEqual([contact.id])
    const [section] = world.ids('quotesection', { parentId: quote.id })
    expect(world.ids('quoteline', { parentId: section ?? 0 })).toHaveLength(2)
    expect(world.ids('quote', { afterMs: base })).toEqual([quote.id])
  })

  it('remove records for good, with the parts of a quote', () => {
    const world = make()
    const [quote = 0] = world.ids('quote')
    const [section = 0] = world.ids('quotesection', { parentId: quote })
    const count = world.count('quote')
    expect(world.removeQuote(quote)).toBe(true)
    expect(world.removeQuote(quote)).toBe(false)
    expect(world.count('quote')).toBe(count - 1)
    expect(world.get('quotesection', section)).toBeNull()
    expect(world.ids('quoteline', { parentId: section })).toEqual([])
  })

  it('throw for a record that there is not', () => {
    expect(() => make().touchQuote(1)).toThrow('no quote 1')
  })

  it('that happen by themselves bring new and changed quotes, the same for the same seed', () => {
    const [one, two] = [make(), make()]
    for (let nth = 0; nth < 40; nth++) {
      happen(one, 9, nth)
      happen(two, 9, nth)
    }
    expect(everything(one)).toBe(everything(two))
    expect(one.count('quote')).toBeGreaterThan(sizes.quotes)
    const changed = one.ids('quote', { afterMs: base })
    expect(changed.length).toBeGreaterThan(one.count('quote') - sizes.quotes)
  })

  it('happen in an empty world, too', () => {
    const world = make(1, { customers: 0, products: 0, quotes: 0, orders: 0 })
    for (let nth = 0; nth < 5; nth++) happen(world, 1, nth)
    expect(world.count('quote')).toBeGreaterThan(0)
  })
})
