import { Ajv } from 'ajv'
import fastify, { LogController } from 'fastify'
import { openDomain } from '../domain/domain.js'
import { invalidRequest, validatorsBy } from '../domain/validation.js'
import { TIMEOUTS } from '../process/timeouts.js'
import { catalogRoutes } from './catalog.js'
import { eventRoutes } from './events.js'
import { fanOutRoutes } from './fanout.js'
import { faultRoutes } from './fault.js'
import { healthRoutes } from './health.js'
import { inferenceRoutes } from './inference.js'
import { memberRoutes } from './members.js'
import { orderRoutes } from './orders.js'
import { pageRoutes } from './pages.js'
import { sendErrorAsProblem, sendNotFound } from './problem.js'
import { reportRoutes } from './report.js'
import { seriesRoutes } from './series.js'
import { shedLoad } from './shedding.js'

const MIB = 1024 * 1024
const NODE_MAX_HEADER_BYTES = 16 * 1024

/** The application of one process. With `shed`, it refuses what is above so many requests under way. */
export async function openApp(config) {
  const { shed, faults = false } = config
  const { keepAliveTimeout, requestTimeout, headersTimeout, connectionsCheckingInterval } = TIMEOUTS
  const app = fastify({
    logger: { level: 'error', stream: process.stderr },
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: MIB,
    keepAliveTimeout,
    requestTimeout,
    http: { headersTimeout, connectionsCheckingInterval },
    // Requests that arrive while the service stops are answered, not refused with 503.
    return503OnClosing: false,
    // A long id is an invalid id (422): the route's schema says so, not the router (414).
    routerOptions: { maxParamLength: NODE_MAX_HEADER_BYTES },
    frameworkErrors: sendErrorAsProblem,
    schemaErrorFormatter: invalidRequest,
  })

  const compile = validatorsBy(Ajv)
  app.setValidatorCompiler(({ schema, httpPart }) => compile(schema, httpPart))
  app.setErrorHandler(sendErrorAsProblem)
  app.setNotFoundHandler(sendNotFound)

  // No route reads a body unless its plugin adds a parser for it, and DELETE never does.
  app.removeAllContentTypeParsers()
  app.addHttpMethod('DELETE', { hasBody: false, overrideExisting: true })

  if (shed) shedLoad(app, shed)
  const domain = await openDomain(config)
  app.addHook('onClose', () => domain.close())
  app.register(healthRoutes)
  app.register(catalogRoutes, domain)
  app.register(seriesRoutes)
  app.register(fanOutRoutes, domain)
  app.register(orderRoutes, domain)
  app.register(inferenceRoutes, domain)
  app.register(reportRoutes, domain)
  app.register(memberRoutes, domain)
  app.register(pageRoutes, domain)
  app.register(eventRoutes, domain)
  if (faults) app.register(faultRoutes)
  await app.ready()
  return app
}
