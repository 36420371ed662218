import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { Problem } from './problem.js'

// The rule is 8 for each core by the whole service, and there is a process a core.
const POOL = { max: 8, connectionTimeoutMillis: 5_000, query_timeout: 10_000, idleTimeoutMillis: 60_000 }
const CLOSE_MS = 250

// Locked in the order of the ids: orders that share items wait for each other and never in a circle.
const LOCK = `
  select id, price_cents, stock from items where id = any($1::bigint[]) order by id for no key update`
// The order, the stock that it takes, its lines.
const STORE = `
  with wanted as (
    select * from unnest($3::bigint[], $4::integer[], $5::integer[]) with ordinality
      as line (item_id, quantity, price_cents, line_number)
  ), placed as (
    insert into orders (customer, total_cents) values ($1, $2) returning id
  ), taken as (
    update items set stock = stock - quantity from wanted
    where items.id = item_id and stock >= quantity returning items.id
  ), lines as (
    insert into order_lines (order_id, line_number, item_id, quantity, price_cents)
    select placed.id, line_number, item_id, quantity, price_cents from placed, wanted
  )
  select placed.id, (select count(*) from taken) as taken from placed`
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
    return this.#use(async (run, connection) => {
      await connection.query('begin')
      const items = await lock(run, lines)
      const priced = lines.map((line) => ({ ...line, price_cents: items.get(line.item_id).price_cents }))
      const total = priced.reduce((sum, line) => sum + line.quantity * line.price_cents, 0)
      const columns = ['item_id', 'quantity', 'price_cents'].map((name) => priced.map((line) => line[name]))
      const [added] = await run('store', STORE, [customer, total, ...columns])
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

/** Locks the items and gives them by id. All must be there and have enough in stock. */
async function lock(run, lines) {
  const rows = await run('lock', LOCK, [lines.map((line) => line.item_id)])
  const items = new Map(rows.map((row) => [Number(row.id), row]))

  const unknown = lines.find((line) => !items.has(line.item_id))
  if (unknown) throw new Problem(422, `There is no item ${unknown.item_id}.`)
  const short = lines.find((line) => items.get(line.item_id).stock < line.quantity)
  if (short) throw new Problem(409, `Of item ${short.item_id} there is less in stock.`)
  return items
}
