import { isoOf } from './ground.ts'
import type { Lay } from './lay.ts'
import { streetOf } from './parties.ts'
import type { Rows } from './rows.ts'
import { brandNames, categories, places, supplierNames, warehouseNames } from './words.ts'

/** What lines need to know of a product. */
type ProductFacts = {
  readonly category: number
  readonly isService: boolean
  readonly title: string
  readonly number: string
  readonly price: number
  readonly isSerialized: boolean
  /** 0 monthly, 1 quarterly, 2 yearly; null for a one-off product. */
  readonly recurringType: number | null
}

const serviceCategories = [7, 8, 9, 10, 11, 12]

export function productFacts(lay: Lay, index: number): ProductFacts {
  const r = lay.roll('product', index, 1)
  const category = r.int(0, categories.length - 1)
  const isService = serviceCategories.includes(category)
  return {
    category,
    isService,
    title: `${r.pick(brandNames)} ${categories[category]?.[0]} ${'ABCDEFGHJK'[r.int(0, 9)]}${r.int(100, 999)}`,
    number: `SKU-${String(100_000 + index)}`,
    price: isService ? r.money(1.5, 90) : r.money(4, 2400),
    isSerialized: !isService && r.chance(0.3),
    recurringType: isService && r.chance(0.7) ? r.int(0, 2) : null,
  }
}

export function product(lay: Lay, index: number): Rows['product'] {
  const r = lay.roll('product', index)
  const facts = productFacts(lay, index)
  const at = lay.stamps('product', index)
  return {
    id: lay.idOf('product', index),
    productNumber: facts.number,
    manufacturerPartNumber: `MPN/${r.int(1000, 9999)}-${index}`,
    type: facts.isService ? r.int(1, 2) : r.chance(0.05) ? 3 : 0,
    title: facts.title,
    brandID: lay.idOf('brand', r.int(0, lay.counts.brand - 1)),
    weight: facts.isService ? 0 : r.money(0.1, 30),
    categoryID: r.chance(0.06) ? null : lay.idOf('category', facts.category),
    price: facts.price,
    retailPrice: Math.round(facts.price * 125) / 100,
    isHidden: r.chance(0.05),
    isActive: r.chance(0.95),
    isRecommended: r.chance(0.1),
    isSerialized: facts.isSerialized,
    isRecurring: facts.recurringType !== null,
    recurringType: facts.recurringType,
    url: `/product/${facts.number.toLowerCase()}`,
    createdDate: isoOf(at.createdMs),
    modifiedDate: isoOf(at.modifiedMs),
  }
}

export function category(lay: Lay, index: number): Rows['category'] {
  const [name, parent] = categories[index] ?? ['', null]
  const at = lay.stamps('category', index)
  return {
    id: lay.idOf('category', index),
    parentID: parent === null ? null : lay.idOf('category', parent),
    name,
    type: index === categories.length - 1 ? 1 : 0,
    displayOrder: index,
    html: lay.roll('category', index).chance(0.7) ? null : `<h2>${name.replace('&', '&amp;')}</h2>`,
    createdDate: isoOf(at.createdMs),
    modifiedDate: isoOf(at.modifiedMs),
  }
}

export function brand(lay: Lay, index: number): Rows['brand'] {
  const at = lay.stamps('brand', index)
  return {
    id: lay.idOf('brand', index),
    name: brandNames[index] ?? '',
    imageFilename: lay.roll('brand', index).chance(0.5) ? null : `brand-${index}.png`,
    createDate: isoOf(at.createdMs),
    modifiedDate: isoOf(at.modifiedMs),
  }
}

export function supplier(lay: Lay, index: number): Rows['supplier'] {
  const r = lay.roll('supplier', index)
  const at = lay.stamps('supplier', index)
  return {
    id: lay.idOf('supplier', index),
    accountNumber: r.chance(0.3) ? null : `S-${r.int(100, 999)}`,
    name: supplierNames[index] ?? '',
    isOnline: r.chance(0.5),
    onlineETA: r.chance(0.7) ? null : isoOf(at.modifiedMs),
    email: r.chance(0.3) ? null : `orders@supplier${index}.example`,
    note: r.chance(0.6) ? null : 'Cut-off 16:00',
    createDate: isoOf(at.createdMs),
    modifiedDate: isoOf(at.modifiedMs),
  }
}

export function warehouse(lay: Lay, index: number): Rows['warehouse'] {
  const r = lay.roll('warehouse', index)
  const place = r.pick(places)
  const at = lay.stamps('warehouse', index)
  return {
    id: lay.idOf('warehouse', index),
    name: warehouseNames[index] ?? '',
    email: r.chance(0.5) ? null : `stock${index}@reseller.example`,
    address: streetOf(r),
    city: place.city,
    state: place.state,
    postalCode: place.postalCode,
    country: place.country,
    createDate: isoOf(at.createdMs),
    modifiedDate: isoOf(at.modifiedMs),
  }
}

export function productSupplier(lay: Lay, index: number): Rows['productsupplier'] {
  const r = lay.roll('productsupplier', index)
  const parent = lay.suppliersOf.parentOf(index)
  const at = lay.stamps('productsupplier', index)
  return {
    id: lay.idOf('productsupplier', index),
    productID: lay.idOf('product', parent),
    supplierID: lay.idOf('supplier', r.int(0, lay.counts.supplier - 1)),
    quantity: r.int(0, 500),
    cost: Math.round(productFacts(lay, parent).price * r.int(55, 90)) / 100,
    productNumber: `V${r.int(10_000, 99_999)}`,
    createdDate: isoOf(at.createdMs),
    modifiedDate: isoOf(at.modifiedMs),
  }
}

export function productImage(lay: Lay, index: number): Rows['productimage'] {
  const { number } = productFacts(lay, lay.imagesOf.parentOf(index))
  return {
    productNumber: number,
    url: `https://images.example/${number.toLowerCase()}-${index}.jpg`,
  }
}
