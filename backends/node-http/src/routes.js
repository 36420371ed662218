import { Catalog } from './catalog.js'
import { Problem } from './problem.js'
import { Search } from './search.js'
import { seed } from './seed.js'
import { decimal, fields, integer, list, number, text } from './shape.js'
import { summarize } from './summary.js'

const MIB = 1024 * 1024

const DRAFT = fields(
  {
    name: text(1, 200),
    price_cents: integer(0, 100_000_000),
    stock: integer(0, 1_000_000),
    tags: list(0, 8, text(1, 32)),
  },
  { stock: 0, tags: [] },
)
const SERIES = fields({ values: list(1, 200_000, number(-1e9, 1e9)) })
const LINE = fields({ item_id: integer(1, Number.MAX_SAFE_INTEGER), quantity: integer(1, 100) })
// PostgreSQL's text cannot hold U+0000.
const ORDER = fields({ customer: text(1, 100, { without: '\0' }), lines: list(1, 20, LINE) })
const QUESTION = text(1, 64)

/**
 * What is served: by path, where "{id}" stands for an id, and by method. A route with a body has its `shape`, and may have
 * its own `limit` in bytes. `answer` is given what was asked and returns the body of a 200, or a reply made by `reply`.
 */
export function routesOf({ items, upstream, orders }) {
  const catalog = new Catalog(seed(items))
  const search = new Search(catalog)

  return {
    '/healthz': { GET: { answer: () => ({ status: 'ok' }) } },
    '/items': {
      GET: {
        answer({ query }) {
          const limit = decimal(query.get('limit') ?? '20', 'limit', 1, 1000)
          return catalog.page(decimal(query.get('after') ?? '0', 'after', 0), limit)
        },
      },
      POST: {
        shape: DRAFT,
        answer: ({ body }) => created('/items', catalog.create(body)),
      },
    },
    '/items/search': {
      GET: {
        answer: async ({ query }) => ({ items: await search.nearest(QUESTION(query.get('q'), 'q')) }),
      },
    },
    '/items/{id}': {
      GET: { answer: ({ id }) => found(catalog.get(id), 'item', id) },
      PUT: { shape: DRAFT, answer: ({ id, body }) => found(catalog.replace(id, body), 'item', id) },
      DELETE: { answer: ({ id }) => found(catalog.delete(id) && reply(204), 'item', id) },
    },
    '/series/summary': {
      POST: { shape: SERIES, limit: 8 * MIB, answer: ({ body }) => summarize(body.values) },
    },
    '/fanout': {
      GET: {
        answer({ query }) {
          const key = decimal(query.get('key'), 'key', 0)
          return upstream.fanOut(key, decimal(query.get('calls') ?? '8', 'calls', 1, 64))
        },
      },
    },
    '/orders': {
      POST: {
        shape: orderOfDifferentItems,
        answer: async ({ body }) => created('/orders', await orders.place(body)),
      },
    },
    '/orders/{id}': { GET: { answer: async ({ id }) => found(await orders.get(id), 'order', id) } },
  }
}

/** A reply that is not a plain 200. */
export class Reply {
  constructor(status, headers, body) {
    Object.assign(this, { status, headers, body })
  }
}

function reply(status, headers = {}, body = undefined) {
  return new Reply(status, headers, body)
}

function created(path, thing) {
  return reply(201, { location: `${path}/${thing.id}` }, thing)
}

function found(thing, kind, id) {
  if (thing) return thing
  throw new Problem(404, `There is no ${kind} ${id}.`)
}

function orderOfDifferentItems(value, where) {
  const order = ORDER(value, where)
  if (new Set(order.lines.map((line) => line.item_id)).size < order.lines.length) {
    throw new Problem(422, `${where}.lines: each item can be in one line only.`)
  }
  return order
}
