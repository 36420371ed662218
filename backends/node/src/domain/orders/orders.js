import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { problem, unavailable } from '../problem.js'
import * as statements from './statements.js'

// The rule is 8 for each core by the whole service, which runs one process a core.
const CONNECTIONS = 8
const CONNECTION_TIMEOUT_MS = 5_000
const STATEMENT_TIMEOUT_MS = 10_000
const IDLE_TIMEOUT_MS = 60_000
const CLOSE_TIMEOUT_MS = 250

/** The orders of one database, or of none where the service was given no URL. */
export class Orders {
  #pool

  /** Connects when it has to, so that a start needs no database. */
  constructor(url) {
    if (url === undefined) return
    this.#pool = new pg.Pool({
      connectionString: url,
      max: CONNECTIONS,
      connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
      query_timeout: STATEMENT_TIMEOUT_MS,
      idleTimeoutMillis: IDLE_TIMEOUT_MS,
    })
    // A connection that is lost tells its query, if it has one, and emits an error besides, which
    // would end the process if nobody listened. The pool listens while a connection is idle.
    this.#pool.on('error', () => {})
    this.#pool.on('connect', (client) => client.on('error', () => {}))
  }

  /** Stores the order and takes its stock; or changes nothing, and throws. */
  async place({ customer, lines }) {
    requireEachItemOnce(lines)
    return this.#withClient(async (client) => {
      await client.query('begin')
      const items = await lock(client, lines)
      const order = { customer, total_cents: 0, lines: [] }
      for (const { item_id, quantity } of lines) {
        const { price_cents } = items.get(item_id)
        order.lines.push({ item_id, quantity, price_cents })
        order.total_cents += quantity * price_cents
      }
      const id = await store(client, order)
      await client.query('commit')
      return { id, ...order }
    })
  }

  /** The order, or undefined. */
  async get(id) {
    const { rows } = await this.#withClient((client) =>
      client.query({ ...statements.readOrder, values: [id] }),
    )
    if (rows.length === 0) return undefined
    const [{ customer, total_cents }] = rows
    const lines = rows.map(({ item_id, quantity, price_cents }) => ({
      item_id: Number(item_id),
      quantity,
      price_cents,
    }))
    return { id, customer, total_cents: Number(total_cents), lines }
  }

  /** Lends a connection. After a problem of the client's it is kept, after any other it is dropped. */
  async #withClient(work) {
    if (!this.#pool) throw unavailable('This service was given no database.')

    let client
    let broken
    try {
      client = await this.#pool.connect()
      return await work(client)
    } catch (error) {
      if (error.statusCode) {
        broken = await client.query('rollback').catch((failure) => failure)
        throw error
      }
      broken = error
      throw unavailable(`The database did not serve this request: ${error.code ?? error.message}.`)
    } finally {
      client?.release(broken instanceof Error)
    }
  }

  /** Closes the connections; a database that does not answer is not waited for. */
  async close() {
    await Promise.race([this.#pool?.end(), delay(CLOSE_TIMEOUT_MS)])
  }
}

// The one rule that JSON Schema cannot tell.
function requireEachItemOnce(lines) {
  const ids = new Set(lines.map((line) => line.item_id))
  if (ids.size < lines.length) throw problem(422, 'body/lines must not have an item twice.')
}

/** Locks the items, and says their prices and stocks by id: all exist, and have enough. */
async function lock(client, lines) {
  const ids = lines.map((line) => line.item_id)
  const { rows } = await client.query({ ...statements.lockItems, values: [ids] })
  const items = new Map(rows.map((row) => [Number(row.id), row]))

  const missing = ids.find((id) => !items.has(id))
  if (missing !== undefined) throw problem(422, `There is no item ${missing}.`)
  const short = lines.find(({ item_id, quantity }) => items.get(item_id).stock < quantity)
  if (short) throw problem(409, `There is not enough of item ${short.item_id} in stock.`)
  return items
}

/** Stores order and lines, takes the stock, and says the order's id. */
async function store(client, { customer, total_cents, lines }) {
  const values = [
    customer,
    total_cents,
    lines.map((line) => line.item_id),
    lines.map((line) => line.quantity),
    lines.map((line) => line.price_cents),
  ]
  const { rows } = await client.query({ ...statements.storeOrder, values })
  return Number(rows[0].id)
}
