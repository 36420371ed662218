import fastify, { LogController } from 'fastify'
import { Catalog } from './catalog/catalog.js'
import { catalogRoutes } from './catalog/routes.js'
import { seedItems } from './catalog/seed.js'
import { eventRoutes } from './events/routes.js'
import { Subscribers } from './events/subscribers.js'
import { fanOutRoutes } from './fanout/routes.js'
import { Upstream } from './fanout/upstream.js'
import { faultRoutes } from './fault/routes.js'
import { healthRoutes } from './health.js'
import { inferenceRoutes } from './inference/routes.js'
import { memberRoutes } from './members/routes.js'
import { Orders } from './orders/orders.js'
import { orderRoutes } from './orders/routes.js'
import { pageRoutes } from './pages/routes.js'
import { sendErrorAsProblem, sendNotFound } from './problem.js'
import { reportRoutes } from './report/routes.js'
import { seriesRoutes } from './series/routes.js'
import { shedLoad } from './shedding.js'
import { compileValidator, invalidRequest } from './validation.js'

const SECOND_MS = 1_000
const MIB = 1024 * 1024
const NODE_MAX_HEADER_BYTES = 16 * 1024

/** How long a connection may be idle, and how long a request may take to come whole, from its first byte on. */
export const IDLE_MS = 75 * SECOND_MS
export const REQUEST_MS = 10 * SECOND_MS

/**
 * The application of one of the `cores` processes that share the connections to what the service depends on.
 * With `shed`, it refuses what is above so many requests under way.
 */
export function buildApp(config) {
  const {
    cores,
    shed,
    items = 10_000,
    faults = false,
    upstreamUrl,
    databaseUrl,
    modelFile,
    tableRows,
  } = config
  const { accountsFile, tokenKey } = config
  const app = fastify({
    logger: { level: 'error', stream: process.stderr },
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: MIB,
    keepAliveTimeout: IDLE_MS,
    requestTimeout: REQUEST_MS,
    http: { headersTimeout: REQUEST_MS, connectionsCheckingInterval: SECOND_MS },
    // Requests that arrive while the service stops are answered, not refused with 503.
    return503OnClosing: false,
    // A long id is an invalid id (422): the route's schema says so, not the router (414).
    routerOptions: { maxParamLength: NODE_MAX_HEADER_BYTES },
    frameworkErrors: sendErrorAsProblem,
    schemaErrorFormatter: invalidRequest,
  })

  app.setValidatorCompiler(compileValidator)
  app.setErrorHandler(sendErrorAsProblem)
  app.setNotFoundHandler(sendNotFound)

  // No route reads a body unless its plugin adds a parser for it, and DELETE never does.
  app.removeAllContentTypeParsers()
  app.addHttpMethod('DELETE', { hasBody: false, overrideExisting: true })

  if (shed) shedLoad(app, shed)
  app.register(healthRoutes)
  const catalog = new Catalog(seedItems(items))
  app.register(catalogRoutes, { catalog })
  app.register(seriesRoutes)
  app.register(fanOutRoutes, { upstream: new Upstream(upstreamUrl, cores) })
  app.register(orderRoutes, { orders: new Orders(databaseUrl) })
  app.register(inferenceRoutes, { file: modelFile })
  app.register(reportRoutes, { rows: tableRows })
  app.register(memberRoutes, { file: accountsFile, key: tokenKey, catalog })
  app.register(pageRoutes, { catalog })
  app.register(eventRoutes, { subscribers: new Subscribers() })
  if (faults) app.register(faultRoutes)
  return app
}
