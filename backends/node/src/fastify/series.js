import * as schemas from '../domain/series/schemas.js'
import { summarize } from '../domain/series/summary.js'
import { acceptJson, parseJsonBody, requireJson } from './validation.js'

const MAX_BODY_BYTES = 8 * 1024 * 1024

export async function seriesRoutes(app) {
  acceptJson(app)

  app.post(
    '/series/summary',
    {
      schema: schemas.summarizeSeries,
      bodyLimit: MAX_BODY_BYTES,
      onRequest: requireJson,
      preValidation: parseJsonBody,
    },
    (request, reply) => {
      reply.send(summarize(request.body.values))
    },
  )
}
