import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { Catalog } from '../src/catalog.js'
import { seed } from '../src/seed.js'
import { run } from './support/running.js'

const service = await run()
after(() => service.stop())
const { ask, refuses } = service
const good = { name: 'n', price_cents: 5 }

test('the seed has the totals that the contract states', () => {
  const items = [...seed(10_000)]
  const sum = (of) => items.reduce((total, item) => total + of(item), 0)
  assert.equal(items.length, 10_000)
  assert.deepEqual(items.at(-1), { name: 'toje mepila', price_cents: 6141, stock: 884, tags: ['gift'] })
  assert.deepEqual(
    [sum((item) => item.price_cents), sum((item) => item.stock), sum((item) => item.tags.length)],
    [495_328_830, 4_997_258, 24_933],
  )
})

test('pages skip what was deleted and name the next one only where an item follows', () => {
  const catalog = new Catalog(Array.from({ length: 6 }, () => good))
  for (const id of [2, 6]) assert.equal(catalog.delete(id), true)
  assert.equal(catalog.delete(2), false)
  const ids = (after, limit) => catalog.page(after, limit).items.map((item) => item.id)

  assert.deepEqual(ids(0, 3), [1, 3, 4])
  assert.deepEqual(ids(1, 1), [3])
  assert.deepEqual(ids(5, 9), [])
  assert.deepEqual([catalog.page(0, 3).next_after, catalog.page(0, 4).next_after], [4, null])
  assert.equal(catalog.create(good).id, 7)
  assert.deepEqual(ids(4, 9), [5, 7])
})

test('an item lives from its creation to its deletion', async () => {
  const name = '😀 \u0000 "\\ שלום'
  const created = await ask('POST', '/items', { ...good, name })
  const path = created.headers.get('location')
  assert.equal(created.status, 201)
  assert.deepEqual(created.json, { id: 10_001, name, price_cents: 5, stock: 0, tags: [] })
  assert.equal(path, '/items/10001')
  assert.deepEqual((await ask('GET', path)).json, created.json)

  const replaced = await ask('PUT', path, { ...good, tags: ['t'] })
  assert.deepEqual(replaced.json, { id: 10_001, ...good, stock: 0, tags: ['t'] })

  const deleted = await ask('DELETE', path)
  assert.deepEqual([deleted.status, deleted.json, deleted.type], [204, undefined, null])
  for (const method of ['GET', 'DELETE']) await refuses(404, method, path)
  await refuses(404, 'PUT', path, good)
})

test('a large page has a thousand items', async () => {
  const { json } = await ask('GET', '/items?limit=1000&after=9000&unknown=1')
  assert.deepEqual([json.items.length, json.items[0].id], [1000, 9001])
})

test('ids and numbers of a query out of range are refused', async () => {
  const ids = ['abc', '0', '-1', '1.5', '%207', '0x10', '1e3', '9007199254740992', '1'.repeat(400)]
  for (const id of [...ids, 'search']) await refuses(422, 'PUT', `/items/${id}`, good)
  for (const id of ids) await refuses(422, 'GET', `/items/${id}`)
  for (const query of [
    'limit=0',
    'limit=1001',
    'limit=',
    'limit=1e2',
    'after=-1',
    'after=9007199254740992',
  ]) {
    await refuses(422, 'GET', `/items?${query}`)
  }
  assert.equal((await ask('GET', '/items/%31')).json.id, 1)
})

test('what is not an item is refused', async () => {
  const bodies = [
    'null',
    '[]',
    '{}',
    '{"name":"n"}',
    '{"name":"n","price_cents":"5"}',
    '{"name":"n","price_cents":1.5}',
    '{"name":"n","price_cents":true}',
    '{"name":"n","price_cents":1e400}',
    '{"name":"n","price_cents":9007199254740993}',
    '{"name":"n","price_cents":5,"stock":null}',
    '{"name":"n","price_cents":5,"tags":[""]}',
    '{"name":"n","price_cents":5,"tags":["a","a","a","a","a","a","a","a","a"]}',
    '{"name":"n","price_cents":5,"id":1}',
    '{"name":"n","price_cents":5,"__proto__":{}}',
    JSON.stringify({ ...good, name: '😀'.repeat(201) }),
  ]
  for (const body of bodies) await refuses(422, 'POST', '/items', body)
  assert.equal((await ask('POST', '/items', { ...good, name: '😀'.repeat(200) })).status, 201)
})

test('the path, the content type, the JSON and the fields are checked in this order', async () => {
  const text = { 'content-type': 'text/plain' }
  await refuses(422, 'PUT', '/items/abc', '{"na', text)
  await refuses(415, 'PUT', '/items/1', '{"na', text)
  await refuses(415, 'PUT', '/items/1')
  await refuses(400, 'PUT', '/items/1', '{"na')
  await refuses(400, 'PUT', '/items/1', '')
  await refuses(400, 'PUT', '/items/1', Buffer.from('"\xff"', 'latin1'))
  await refuses(422, 'PUT', '/items/999999', {})
  await refuses(404, 'PUT', '/items/999999', good)
  const charset = { 'content-type': 'Application/JSON; charset=utf-8' }
  assert.equal((await ask('PUT', '/items/1', JSON.stringify(good), charset)).status, 200)
})

test('an unknown path is a problem, and so is an unknown method', async () => {
  for (const path of ['/', '/nothing', '/items/1/2', '/constructor', '/__proto__', '/items/{id}/']) {
    await refuses(404, 'GET', path)
  }
  await refuses(405, 'DELETE', '/items')
  assert.equal((await ask('PATCH', '/items/1')).headers.get('allow'), 'GET, PUT, DELETE')
})

test('the catalog starts with as many items as it is told', async () => {
  const small = await run({ items: 20 })
  assert.equal((await small.ask('GET', '/items/20')).status, 200)
  assert.equal((await small.ask('GET', '/items/21')).status, 404)
  assert.equal((await small.ask('POST', '/items', { name: 'n', price_cents: 1 })).json.id, 21)
  await small.stop()
})
