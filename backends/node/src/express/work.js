import * as fanout from '../domain/fanout/schemas.js'
import * as inference from '../domain/inference/schemas.js'
import * as report from '../domain/report/schemas.js'
import * as series from '../domain/series/schemas.js'
import { summarize } from '../domain/series/summary.js'
import { makeRouter } from './router.js'
import { validBody, validQuery } from './validation.js'

const MAX_SERIES_BYTES = 8 * 1024 * 1024

/** What computes, or has others compute. */
export function workRoutes({ upstream, model, reports }) {
  const router = makeRouter()

  router.post(
    '/series/summary',
    validBody(series.summarizeSeries, MAX_SERIES_BYTES),
    ({ body }, response) => {
      response.json(summarize(body.values))
    },
  )

  router.get('/fanout', validQuery(fanout.fanOut), async ({ valid: { key, calls } }, response) => {
    response.json(await upstream.fanOut(key, calls))
  })

  router.post('/inference', validBody(inference.scoreRows), async ({ body }, response) => {
    response.json({ scores: await model.score(body.features) })
  })

  router.get('/report', validQuery(report.makeReport), async ({ valid: { rows } }, response) => {
    response.json(await reports.make(rows))
  })

  return router
}
