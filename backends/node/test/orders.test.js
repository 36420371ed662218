import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { openApp } from './support/app.js'
import { assertProblem } from './support/assert-problem.js'
import { databaseIsMissing, startDatabase } from './support/postgres.js'

const good = {
  customer: 'Zoë 🫖',
  lines: [
    { item_id: 7, quantity: 2 },
    { item_id: 3, quantity: 1 },
  ],
}
const post = (payload, headers = { 'content-type': 'application/json' }) => ({
  method: 'POST',
  url: '/orders',
  headers,
  payload,
})

describe('with a database', { skip: databaseIsMissing() }, () => {
  let database
  let app
  before(async () => {
    database = await startDatabase()
    app = await openApp({ cores: 1, databaseUrl: database.url })
  })
  after(async () => {
    await app.close()
    database.remove()
  })
  beforeEach(() => database.refill())

  const one = async (sql) => Object.values((await database.query(sql))[0])[0]
  const stockOf = (id) => one(`select stock from items where id = ${id}`)

  test('an order is placed and read back', async () => {
    const placed = await app.inject(post(good))
    assert.equal(placed.statusCode, 201)
    const order = placed.json()
    assert.deepEqual(order, {
      id: order.id,
      customer: 'Zoë 🫖',
      total_cents: 170,
      lines: [
        { item_id: 7, quantity: 2, price_cents: 70 },
        { item_id: 3, quantity: 1, price_cents: 30 },
      ],
    })
    assert.equal(placed.headers.location, `/orders/${order.id}`)
    assert.deepEqual([await stockOf(7), await stockOf(3)], [998, 999])

    await database.query('update items set price_cents = 1')
    const read = await app.inject(placed.headers.location)
    assert.equal(read.statusCode, 200)
    assert.deepEqual(read.json(), order)
  })

  test('an order of more than there is changes nothing', async () => {
    await database.query('update items set stock = 1 where id = 7')
    await assertProblem(app, 409, post(good))
    assert.deepEqual([await stockOf(7), await stockOf(3)], [1, 1000])
    assert.equal(await one('select count(*) from orders'), '0')
    await assertProblem(app, 404, '/orders/1')
  })

  test('an order of an item that is not there is refused', async () => {
    await assertProblem(app, 422, post({ ...good, lines: [...good.lines, { item_id: 10, quantity: 1 }] }))
    assert.equal(await stockOf(7), 1000)
  })

  test('orders that share items all get through and add up', async () => {
    const orders = Array.from({ length: 200 }, (_, i) => ({
      customer: 'a',
      lines: [0, 1, 2, 3, 4].map((j) => ({
        item_id: 1 + ((i + (1 + (i % 4)) * j) % 9),
        quantity: 1 + (i % 9),
      })),
    })).filter(({ lines }) => new Set(lines.map((line) => line.item_id)).size === lines.length)
    const answers = []
    const client = async () => {
      while (orders.length > 0) answers.push(await app.inject(post(orders.pop())))
    }
    await Promise.all(Array.from({ length: 16 }, client))
    const placed = answers.filter(({ statusCode }) => statusCode === 201)
    for (const { statusCode, body } of answers) assert.ok([201, 409].includes(statusCode), body)
    assert.ok(placed.length > 100)

    assert.equal(await one('select count(*) from orders'), String(placed.length))
    assert.equal(await one('select count(*) from order_lines'), String(5 * placed.length))
    const gone = 'select coalesce(sum(quantity), 0) from order_lines where item_id = items.id'
    assert.deepEqual(await database.query(`select id from items where stock <> 1000 - (${gone})`), [])
    assert.equal(
      await one('select sum(total_cents) from orders'),
      await one('select sum(quantity * price_cents) from order_lines'),
    )
  })

  test('a database that comes back is used again', async () => {
    assert.equal((await app.inject(post(good))).statusCode, 201)
    const underWay = Array.from({ length: 20 }, () => app.inject(post(good)))
    database.stop()
    try {
      for (const { statusCode } of await Promise.all(underWay)) assert.ok([201, 503].includes(statusCode))
      await assertProblem(app, 503, post(good))
      await assertProblem(app, 503, '/orders/1')
      await assertProblem(app, 422, post({}))
      assert.equal((await app.inject('/items/1')).statusCode, 200)
    } finally {
      database.start()
    }
    assert.equal((await app.inject(post(good))).statusCode, 201)
  })
})

describe('without a database', () => {
  let app
  before(async () => (app = await openApp({ cores: 1 })))
  after(() => app.close())

  test('what is not an order is refused', async () => {
    const line = { item_id: 1, quantity: 1 }
    const changes = [
      { customer: '' },
      { customer: '🫖'.repeat(101) },
      { customer: null },
      { customer: 'a\u0000b' },
      { lines: [] },
      { lines: null },
      { lines: Array.from({ length: 21 }, (_, i) => ({ item_id: i + 1, quantity: 1 })) },
      { lines: [line, line] },
      { lines: [{ ...line, item_id: 0 }] },
      { lines: [{ ...line, item_id: 2 ** 53 }] },
      { lines: [{ ...line, item_id: '1' }] },
      { lines: [{ ...line, item_id: true }] },
      { lines: [{ ...line, quantity: 0 }] },
      { lines: [{ ...line, quantity: 101 }] },
      { lines: [{ ...line, quantity: 1.5 }] },
      { lines: [{ item_id: 1 }] },
      { lines: [{ ...line, price_cents: 1 }] },
      { id: 1 },
    ]
    for (const change of changes) await assertProblem(app, 422, post({ ...good, ...change }))
  })

  test('content type, then JSON, then fields are checked', async () => {
    await assertProblem(app, 415, post('{', { 'content-type': 'text/plain' }))
    await assertProblem(app, 400, post('{'))
    await assertProblem(app, 422, post('{}'))
  })

  test('an id out of range is refused', async () => {
    for (const id of ['0', '-1', 'a', '9007199254740992', '1.0'])
      await assertProblem(app, 422, `/orders/${id}`)
  })

  test('orders are unavailable, and nothing else', async () => {
    await assertProblem(app, 503, post(good))
    await assertProblem(app, 503, '/orders/1')
    assert.equal((await app.inject('/items/1')).statusCode, 200)
  })
})
