import { problem } from '../problem.js'
import { acceptJson, parseJsonBody, requireJson } from '../validation.js'
import { FEATURES, Model } from './model.js'
import * as schemas from './schemas.js'

export async function inferenceRoutes(app, { file }) {
  const model = await Model.open(file)
  acceptJson(app)

  app.post(
    '/inference',
    { schema: schemas.scoreRows, onRequest: requireJson, preValidation: parseJsonBody },
    async (request) => {
      const { features } = request.body
      if (features.length % FEATURES !== 0)
        throw problem(422, `body/features must be rows of ${FEATURES} numbers.`)
      return { scores: await model.score(features) }
    },
  )
}
