import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Catalog } from '../src/domain/catalog/catalog.js'
import { seedItems } from '../src/domain/catalog/seed.js'

const fields = { name: 'n', price_cents: 1, stock: 0, tags: [] }
const withItems = (count) => new Catalog(Array.from({ length: count }, () => fields))
const idsOf = ({ items }) => items.map((item) => item.id)

test('the seed has the totals that the contract states', () => {
  const items = [...seedItems(10_000)]
  const sum = (valueOf) => items.reduce((total, item) => total + valueOf(item), 0)
  assert.equal(items.length, 10_000)
  assert.deepEqual(items[1], {
    name: 'jara rasobo',
    price_cents: 78_114,
    stock: 420,
    tags: ['new', 'eco'],
  })
  assert.equal(
    sum((item) => item.price_cents),
    495_328_830,
  )
  assert.equal(
    sum((item) => item.stock),
    4_997_258,
  )
  assert.equal(
    sum((item) => item.tags.length),
    24_933,
  )
})

test('a page skips what was deleted', () => {
  const catalog = withItems(10)
  for (const id of [1, 4, 5, 6, 10]) assert.equal(catalog.delete(id), true)

  assert.deepEqual(idsOf(catalog.page({ limit: 3, after: 0 })), [2, 3, 7])
  assert.deepEqual(idsOf(catalog.page({ limit: 3, after: 5 })), [7, 8, 9])
  assert.deepEqual(idsOf(catalog.page({ limit: 3, after: 9 })), [])
})

test('a page names the next one only where an item follows', () => {
  const catalog = withItems(6)
  catalog.delete(6)

  assert.equal(catalog.page({ limit: 4, after: 0 }).next_after, 4)
  assert.equal(catalog.page({ limit: 5, after: 0 }).next_after, null)
  assert.equal(catalog.page({ limit: 1, after: Number.MAX_SAFE_INTEGER }).next_after, null)
})

test('an id is never used twice, and is found behind a run of holes', () => {
  const catalog = withItems(3)
  for (const id of [2, 3]) catalog.delete(id)
  assert.deepEqual(idsOf(catalog.page({ limit: 9, after: 1 })), [])

  assert.equal(catalog.create(fields).id, 4)
  assert.deepEqual(idsOf(catalog.page({ limit: 9, after: 1 })), [4])
})

test('what was deleted, or never was, can be neither read nor replaced nor deleted', () => {
  const catalog = withItems(2)
  catalog.delete(2)
  for (const id of [2, 3, Number.MAX_SAFE_INTEGER]) {
    assert.equal(catalog.get(id), undefined)
    assert.equal(catalog.replace(id, fields), undefined)
    assert.equal(catalog.delete(id), false)
  }
})
