import { fail, failSchema } from '../domain/fault.js'
import { problemResponses } from '../domain/problem.js'

const schema = { ...failSchema, response: problemResponses }

export async function faultRoutes(app) {
  app.post('/fault', { schema }, (request, reply) => {
    const { kind } = request.query
    reply.code(fail(kind))
    return { kind }
  })
}
