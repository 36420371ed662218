import { KINDS, fail } from '../domain/fault.js'
import { FEATURES } from '../domain/inference/model.js'
import { showItems } from '../domain/pages/pages.js'
import { found, problem } from '../domain/problem.js'
import { summarize } from '../domain/series/summary.js'
import { Reply } from './reply.js'
import { decimal, fields, integer, list, number, text } from './shape.js'

const MIB = 1024 * 1024
const HTML = { 'content-type': 'text/html; charset=utf-8' }

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
const ROWS = fields({ features: list(FEATURES, FEATURES * 8192, number(-1e6, 1e6)) })
const LOGIN = fields({ name: text(1, 100), password: text(1, 200) })
const LINE = fields({ item_id: integer(1, Number.MAX_SAFE_INTEGER), quantity: integer(1, 100) })
// PostgreSQL's text cannot hold U+0000.
const ORDER = fields({ customer: text(1, 100, { without: '\0' }), lines: list(1, 20, LINE) })
const QUESTION = text(1, 64)

/**
 * What is served: by path, where "{id}" stands for an id, and by method. A route with a body has its `shape`, and may have
 * its own `limit` in bytes; `before` may refuse a request ere anything else is said of it. `answer` is given what was asked
 * and returns the body of a 200, or a Reply; or it begins to stream the response itself.
 */
export function routesOf({
  catalog,
  search,
  nativeSearch,
  upstream,
  orders,
  model,
  reports,
  accounts,
  events,
}) {
  const itemOf = ({ id }) => found(catalog.get(id), 'item', id)

  return {
    '/healthz': { GET: { answer: () => ({ status: 'ok' }) } },
    '/items': {
      GET: { answer: ({ query }) => catalog.page(pageOf(query)) },
      POST: { shape: DRAFT, answer: ({ body }) => created('/items', catalog.create(body)) },
    },
    '/items/search': { GET: searching(search) },
    '/items/search-native': { GET: searching(nativeSearch) },
    '/items/{id}': {
      GET: { answer: itemOf },
      PUT: { shape: DRAFT, answer: ({ id, body }) => found(catalog.replace(id, body), 'item', id) },
      DELETE: { answer: ({ id }) => found(catalog.delete(id), 'item', id) && new Reply(204) },
    },
    '/pages/items': {
      GET: { answer: async ({ query }) => new Reply(200, HTML, await showItems(catalog, pageOf(query))) },
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
      POST: { shape: ORDER, answer: async ({ body }) => created('/orders', await orders.place(body)) },
    },
    '/orders/{id}': { GET: { answer: async ({ id }) => found(await orders.get(id), 'order', id) } },
    '/inference': {
      POST: { shape: ROWS, answer: async ({ body }) => ({ scores: await model.score(body.features) }) },
    },
    '/events': { GET: { answer: ({ response }) => events.stream(response) } },
    '/report': { GET: { answer: ({ query }) => reports.make(decimal(query.get('rows'), 'rows', 1000)) } },
    '/login': {
      POST: {
        shape: LOGIN,
        answer: async ({ body }) => ({ token: await accounts.logIn(body.name, body.password) }),
      },
    },
    '/members/items/{id}': {
      GET: { before: ({ headers }) => accounts.check(headers.authorization), answer: itemOf },
    },
  }
}

/** Only where the service may be made to fail. */
export const faultRoutes = {
  '/fault': {
    POST: {
      answer({ query }) {
        const kind = query.get('kind')
        if (!KINDS.includes(kind)) throw problem(422, `kind: one of ${KINDS.join(', ')} was expected.`)
        return new Reply(fail(kind), {}, { kind })
      },
    },
  },
}

function pageOf(query) {
  const limit = decimal(query.get('limit') ?? '20', 'limit', 1, 1000)
  return { limit, after: decimal(query.get('after') ?? '0', 'after', 0) }
}

function searching(search) {
  return {
    answer: async ({ query }) => ({ items: await search.nearest(QUESTION(query.get('q'), 'q')) }),
  }
}

function created(path, thing) {
  return new Reply(201, { location: `${path}/${thing.id}` }, thing)
}
