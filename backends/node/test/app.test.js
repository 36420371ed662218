import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { openApp } from './support/app.js'
import { assertProblem } from './support/assert-problem.js'

const app = await openApp({ cores: 1 })
after(() => app.close())

const good = { name: 'n', price_cents: 5 }
const json = { 'content-type': 'application/json' }

const post = (payload, headers = json) => ({ method: 'POST', url: '/items', headers, payload })
const put = (url, payload, headers = json) => ({ method: 'PUT', url, headers, payload })

test('an item lives from its creation to its deletion', async () => {
  const name = '😀 \u0000 "\\ שלום'
  const created = await app.inject(post({ ...good, name }))
  const { location } = created.headers
  const item = created.json()
  assert.equal(created.statusCode, 201)
  assert.equal(location, `/items/${item.id}`)
  assert.deepEqual(item, { id: item.id, name, price_cents: 5, stock: 0, tags: [] })
  assert.deepEqual((await app.inject(location)).json(), item)

  const replaced = await app.inject(put(location, { ...good, tags: ['t'] }))
  assert.deepEqual(replaced.json(), { id: item.id, ...good, stock: 0, tags: ['t'] })

  const deleted = await app.inject({ method: 'DELETE', url: location })
  assert.equal(deleted.statusCode, 204)
  assert.equal(deleted.body, '')
  await assertProblem(app, 404, { method: 'GET', url: location })
  await assertProblem(app, 404, put(location, good))
})

test('a name is measured in code points', async () => {
  assert.equal((await app.inject(post({ ...good, name: '😀'.repeat(200) }))).statusCode, 201)
  await assertProblem(app, 422, post({ ...good, name: '😀'.repeat(201) }))
})

test('an id that is not a decimal integer in range is refused', async () => {
  const ids = ['abc', '0', '-1', '1.5', '%207', '0x10', '1e3', '9007199254740992', '1'.repeat(400)]
  for (const id of ids) await assertProblem(app, 422, { method: 'GET', url: `/items/${id}` })
})

test('limit and after are refused out of their ranges', async () => {
  for (const query of [
    'limit=0',
    'limit=1001',
    'limit=',
    'limit=1e2',
    'after=-1',
    'after=9007199254740992',
  ]) {
    await assertProblem(app, 422, { method: 'GET', url: `/items?${query}` })
  }
})

test('a body that is JSON but not an item is refused', async () => {
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
    '{"name":"n","price_cents":5,"id":1}',
    '{"name":"n","price_cents":5,"__proto__":{}}',
  ]
  for (const body of bodies) await assertProblem(app, 422, post(body))
})

test('the path is checked before the content type, that before the JSON, that before the fields', async () => {
  const text = { 'content-type': 'text/plain' }
  await assertProblem(app, 422, put('/items/abc', '{"na', text))
  await assertProblem(app, 415, put('/items/1', '{"na', text))
  await assertProblem(app, 415, { method: 'PUT', url: '/items/1' })
  await assertProblem(app, 400, put('/items/1', '{"na'))
  await assertProblem(app, 400, put('/items/1', ''))
  await assertProblem(app, 400, put('/items/1', Buffer.from('"\xff"', 'latin1')))
  await assertProblem(app, 422, put('/items/999999', {}))
  await assertProblem(app, 404, put('/items/999999', good))
  await assertProblem(app, 404, { method: 'POST', url: '/nowhere', headers: text, payload: '{"na' })
})

test('an unknown path is a problem', async () => {
  for (const url of ['/', '/nothing', '/items/1/2', '/constructor', '/__proto__', '/items/1/', '/Items/1']) {
    await assertProblem(app, 404, { method: 'GET', url })
  }
})

test('the catalog starts with as many items as it is told', async () => {
  const small = await openApp({ cores: 1, items: 20 })
  assert.equal((await small.inject('/items/20')).statusCode, 200)
  assert.equal((await small.inject('/items/21')).statusCode, 404)
  assert.equal((await small.inject(post(good))).json().id, 21)
  await small.close()
})
