import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { databaseIsMissing, startDatabase } from './support/database.js'
import { run } from './support/running.js'

const good = {
  customer: 'Zoë 🫖',
  lines: [
    { item_id: 7, quantity: 2 },
    { item_id: 3, quantity: 1 },
  ],
}

describe('with a database', { skip: databaseIsMissing() }, () => {
  let database
  let service
  before(async () => {
    database = await startDatabase()
    service = await run({ databaseUrl: database.url })
  })
  after(async () => {
    await service.stop()
    database.remove()
  })
  beforeEach(() => database.refill())

  const place = (order) => service.ask('POST', '/orders', order)
  const one = async (sql) => Object.values((await database.query(sql))[0])[0]
  const stockOf = (id) => one(`select stock from items where id = ${id}`)

  test('an order is placed and read back', async () => {
    const { status, json, headers } = await place(good)
    assert.equal(status, 201)
    const lines = [
      { item_id: 7, quantity: 2, price_cents: 70 },
      { item_id: 3, quantity: 1, price_cents: 30 },
    ]
    assert.deepEqual(json, { id: json.id, customer: 'Zoë 🫖', total_cents: 170, lines })
    assert.equal(headers.get('location'), `/orders/${json.id}`)
    assert.deepEqual([await stockOf(7), await stockOf(3)], [998, 999])

    await database.query('update items set price_cents = 1')
    assert.deepEqual((await service.ask('GET', `/orders/${json.id}`)).json, json)
  })

  test('an order that cannot be served changes nothing', async () => {
    await database.query('update items set stock = 1 where id = 7')
    await service.refuses(409, 'POST', '/orders', good)
    const lines = [{ item_id: 10, quantity: 1 }, ...good.lines]
    await service.refuses(422, 'POST', '/orders', { ...good, lines })
    assert.deepEqual([await stockOf(7), await stockOf(3)], [1, 1000])
    assert.equal(await one('select count(*) from orders'), '0')
    await service.refuses(404, 'GET', '/orders/1')
  })

  test('orders that share items all get through and add up', async () => {
    const orders = Array.from({ length: 200 }, (_, i) => ({
      customer: 'a',
      // 4 items, a step of 1, 2 or 4 apart (which shares no factor with 9), wherever the first is
      lines: [0, 1, 2, 3].map((j) => ({
        item_id: 1 + ((i + j * [1, 2, 4][i % 3]) % 9),
        quantity: 1 + (i % 9),
      })),
    }))
    const answers = []
    const client = async () => {
      while (orders.length > 0) answers.push(await place(orders.pop()))
    }
    await Promise.all(Array.from({ length: 16 }, client))
    for (const { status, json } of answers) assert.ok([201, 409].includes(status), JSON.stringify(json))
    const placed = answers.filter(({ status }) => status === 201).length
    assert.ok(placed > 100)

    assert.equal(await one('select count(*) from orders'), String(placed))
    assert.equal(await one('select count(*) from order_lines'), String(4 * placed))
    const gone = 'select coalesce(sum(quantity), 0) from order_lines where item_id = items.id'
    assert.deepEqual(await database.query(`select id from items where stock <> 1000 - (${gone})`), [])
    const totals = await one('select sum(total_cents) from orders')
    assert.equal(totals, await one('select sum(quantity * price_cents) from order_lines'))
  })

  test('a database that comes back is used again', async () => {
    assert.equal((await place(good)).status, 201)
    const underWay = Array.from({ length: 20 }, () => place(good))
    database.stop()
    try {
      for (const { status } of await Promise.all(underWay)) assert.ok([201, 503].includes(status))
      await service.refuses(503, 'POST', '/orders', good)
      await service.refuses(503, 'GET', '/orders/1')
      await service.refuses(422, 'POST', '/orders', {})
      assert.equal((await service.ask('GET', '/items/1')).status, 200)
    } finally {
      database.start()
    }
    assert.equal((await place(good)).status, 201)
  })
})

describe('without a database', () => {
  let service
  before(async () => (service = await run()))
  after(() => service.stop())

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
      { lines: [{ ...line, quantity: 0 }] },
      { lines: [{ ...line, quantity: 101 }] },
      { lines: [{ ...line, quantity: 1.5 }] },
      { lines: [{ item_id: 1 }] },
      { lines: [{ ...line, price_cents: 1 }] },
      { id: 1 },
    ]
    for (const change of changes) await service.refuses(422, 'POST', '/orders', { ...good, ...change })
    for (const id of ['0', '-1', 'a', '9007199254740992', '1.0'])
      await service.refuses(422, 'GET', `/orders/${id}`)
  })

  test('orders are unavailable, and nothing else', async () => {
    await service.refuses(415, 'POST', '/orders', '{', { 'content-type': 'text/plain' })
    await service.refuses(400, 'POST', '/orders', '{')
    await service.refuses(503, 'POST', '/orders', good)
    await service.refuses(503, 'GET', '/orders/1')
    assert.equal((await service.ask('GET', '/items/1')).status, 200)
  })
})
