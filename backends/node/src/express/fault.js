import { fail, failSchema } from '../domain/fault.js'
import { makeRouter } from './router.js'
import { validQuery } from './validation.js'

export function faultRoutes() {
  const router = makeRouter()
  router.post('/fault', validQuery(failSchema), ({ valid: { kind } }, response) => {
    response.status(fail(kind)).json({ kind })
  })
  return router
}
