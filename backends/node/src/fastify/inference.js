import * as schemas from '../domain/inference/schemas.js'
import { acceptJson, parseJsonBody, requireJson } from './validation.js'

export async function inferenceRoutes(app, { model }) {
  acceptJson(app)

  app.post(
    '/inference',
    { schema: schemas.scoreRows, onRequest: requireJson, preValidation: parseJsonBody },
    async (request) => ({ scores: await model.score(request.body.features) }),
  )
}
