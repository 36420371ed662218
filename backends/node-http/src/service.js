import { once } from 'node:events'
import { createServer } from 'node:http'
import { readJson } from './body.js'
import { faultRoutes } from './fault.js'
import { Orders } from './orders.js'
import { Patience } from './patience.js'
import { Problem } from './problem.js'
import { Router } from './router.js'
import { Reply, routesOf } from './routes.js'
import { Upstream } from './upstream.js'

const SECOND_MS = 1_000
const MIB = 1024 * 1024
const LOOK_EVERY_MS = 50
const CUT_AFTER_MS = 4_000

const TIMEOUTS = {
  keepAliveTimeout: 75 * SECOND_MS,
  headersTimeout: 10 * SECOND_MS, // from the first byte of a request on
  requestTimeout: 10 * SECOND_MS,
  connectionsCheckingInterval: SECOND_MS,
}

// As long as the contract asks for.
const BACKLOG = 4096

/** One process's service: from its listening to its end. */
export class Service {
  #host
  #port
  #router
  #upstream
  #orders
  #server = createServer(TIMEOUTS, (request, response) => this.#serve(request, response))
  #patience = new Patience(this.#server, TIMEOUTS.keepAliveTimeout)

  constructor({ host, port, cores, items, faults, upstreamUrl, databaseUrl }) {
    this.#host = host
    this.#port = port
    this.#upstream = new Upstream(upstreamUrl, cores)
    this.#orders = new Orders(databaseUrl)
    const routes = routesOf({ items, upstream: this.#upstream, orders: this.#orders })
    this.#router = new Router(faults ? { ...routes, ...faultRoutes } : routes)
  }

  /** Resolves to the port when the service can be reached. */
  async start() {
    this.#server.listen(this.#port, this.#host, BACKLOG)
    await once(this.#server, 'listening')
    return this.#server.address().port
  }

  /** Stops accepting, lets what was asked be answered, and cuts what is not over in time. */
  async stop() {
    const server = this.#server
    const closed = once(server, 'close')
    server.close()
    this.#patience.end()
    // A connection that was busy is idle after its answer, and would be kept.
    const looking = setInterval(() => server.closeIdleConnections(), LOOK_EVERY_MS)
    const cutting = setTimeout(() => server.closeAllConnections(), CUT_AFTER_MS)
    await closed
    clearInterval(looking)
    clearTimeout(cutting)
    this.#upstream.close()
    await this.#orders.close()
  }

  async #serve(request, response) {
    const { status, headers, body } = await this.#reply(request, response)
    response.shouldKeepAlive &&= this.#server.listening // not when the service stops
    send(response, status, headers, body)
  }

  async #reply(request, response) {
    try {
      const result = await this.#answer(request)
      return result instanceof Reply ? result : new Reply(200, {}, result)
    } catch (error) {
      // Where the client has gone, what went wrong is that, and nobody is left to be told.
      const problem = error instanceof Problem || response.destroyed ? error : unexpected(request, error)
      return new Reply(problem.status, problem.headers, problem)
    }
  }

  async #answer(request) {
    const { route, id, query } = this.#router.find(request.method, request.url)
    const body = route.shape && route.shape(await readJson(request, route.limit ?? MIB), 'body')
    return route.answer({ id, query, body })
  }
}

function send(response, status, headers, body) {
  if (response.destroyed) return
  if (body === undefined) {
    response.writeHead(status, headers).end()
    return
  }
  const text = JSON.stringify(body)
  const described = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    ...headers,
  }
  response.writeHead(status, described).end(text)
}

function unexpected({ method, url }, error) {
  console.error(`${method} ${url} failed:`, error)
  return new Problem(500, 'The service could not answer this request.')
}
