import express from 'express'
import { openDomain } from '../domain/domain.js'
import { PlainApp } from '../plain/app.js'
import { catalogRoutes } from './catalog.js'
import { eventRoutes } from './events.js'
import { faultRoutes } from './fault.js'
import { memberRoutes } from './members.js'
import { orderRoutes } from './orders.js'
import { sendErrorAsProblem, sendNotFound } from './problem.js'
import { workRoutes } from './work.js'

/** The application of one process. */
export async function openApp(config) {
  const domain = await openDomain(config)
  const app = express()
  app.disable('x-powered-by')
  app.enable('strict routing')
  app.enable('case sensitive routing')

  app.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' })
  })
  app.use(catalogRoutes(domain))
  app.use(orderRoutes(domain))
  app.use(memberRoutes(domain))
  app.use(workRoutes(domain))
  app.use(eventRoutes(domain))
  if (config.faults) app.use(faultRoutes())

  app.use(sendNotFound)
  app.use(sendErrorAsProblem)
  return new PlainApp(app, domain)
}
