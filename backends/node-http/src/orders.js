import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { Problem } from './problem.js'

// The rule is 8 for each core by the whole service, and there is a process a core.
const POOL = { max: 8, connectionTimeoutMillis: 5_000, query_timeout: 10_000, idleTimeoutMillis: 60_000 }
const CLOSE_MS = 250

// Locked in the order of the ids: orders that share items wait for each other and never in a circle.
const LOCK = `select id, price_cents from items where id = any($1::bigint[]) order by id for no key update`
const TAKE = `
  update items set stock = stock - wanted.quantity
  from unnest($1::bigint[], $2::integer[]) as wanted (id, quantity)
  where items.id = wanted.id and items.stock >= wanted.quantity
  returning items.id`
const ADD = `insert into orders (customer, total_cents) values ($1, $2) returning id`
const ADD_LINES = `
  insert into order_lines (order_id, line_number, item_id, quantity, price_cents)
  select $1, line.number, line.item_id, line.quantity, line.price_cents
  from unnest($2::bigint[], $3::integer[], $4::integer[])
    with ordinality as line (item_id, quantity, price_cents, number)`
const READ = `
  select o.customer, o.total_cents, l.item_id, l.quantity, l.price_cents
  from orders o join order_lines l on l.order_id = o.id
  where o.id = $1 order by l.line_number`

/** Orders in PostgreSQL. Connects when it has to, so the service starts without its database. */
export class Orders {
  #pool = null

  constructor(url) {
    if (url === null) return
    this.#pool = new pg.Pool({ connectionString: url, ...POOL })
    // A lost connection fails its statement, and is also an event that must be listened to.
    const ignore = () => {}
    this.#pool.on('error', ignore)
    this.#pool.on('connect', (connection) => connection.on('error', ignore))
  }

  /** Stores the order and takes its stock, or does nothing. */
  place({ customer, lines }) {
    const column = (name) => lines.map((line) => line[name])
    return this.#use(async (run, connection) => {
      await connection.query('begin')
      const prices = await takeStock(run, column('item_id'), column('quantity'))
      const priced = lines.map((line) => ({ ...line, price_cents: prices.get(line.item_id) }))
      const total = priced.reduce((sum, line) => sum + line.quantity * line.price_cents, 0)
      const [added] = await run('add', ADD, [customer, total])
      const priceColumn = priced.map((line) => line.price_cents)
      await run('add-lines', ADD_LINES, [added.id, column('item_id'), column('quantity'), priceColumn])
      await connection.query('commit')
      return { id: Number(added.id), customer, total_cents: total, lines: priced }
    })
  }

  async get(id) {
    const rows = await this.#use((run) => run('read', READ, [id]))
    if (rows.length === 0) return undefined
    return {
      id,
      customer: rows[0].customer,
      total_cents: Number(rows[0].total_cents),
      lines: rows.map(({ item_id, quantity, price_cents }) => ({
        item_id: Number(item_id),
        quantity,
        price_cents,
      })),
    }
  }

  /** Does some work on a connection, whose statements are prepared under their names. */
  async #use(work) {
    if (!this.#pool) throw new Problem(503, 'This service was given no database.')
    let connection
    try {
      connection = await this.#pool.connect()
      const run = async (name, sql, values) => (await connection.query({ name, text: sql, values })).rows
      const result = await work(run, connection)
      connection.release()
      return result
    } catch (error) {
      const usable = error instanceof Problem && (await rolledBack(connection))
      connection?.release(!usable)
      if (error instanceof Problem) throw error
      throw new Problem(503, `The database failed this request (${error.code ?? error.message}).`)
    }
  }

  /** Closes the connections, without waiting for a database that does not answer. */
  async close() {
    await Promise.race([this.#pool?.end(), delay(CLOSE_MS)])
  }
}

async function rolledBack(connection) {
  try {
    await connection.query('rollback')
    return true
  } catch {
    return false
  }
}

/** Locks the items, takes the quantities, and gives the prices by id. */
async function takeStock(run, ids, quantities) {
  const items = await run('lock', LOCK, [ids])
  const prices = new Map(items.map((row) => [Number(row.id), row.price_cents]))
  const unknown = ids.find((id) => !prices.has(id))
  if (unknown) throw new Problem(422, `There is no item ${unknown}.`)

  const taken = new Set((await run('take', TAKE, [ids, quantities])).map((row) => Number(row.id)))
  const short = ids.find((id) => !taken.has(id))
  if (short) throw new Problem(409, `Of item ${short} there is less in stock.`)
  return prices
}
