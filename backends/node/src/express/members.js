import * as schemas from '../domain/members/schemas.js'
import { found } from '../domain/problem.js'
import { makeRouter } from './router.js'
import { validBody, validParams } from './validation.js'

export function memberRoutes({ accounts, catalog }) {
  const router = makeRouter()

  // Before anything is said of the path: who may not read is not told what there is.
  const requireToken = (request, _response, next) => {
    accounts.check(request.get('authorization'))
    next()
  }

  router.post('/login', validBody(schemas.logIn), async ({ body: { name, password } }, response) => {
    response.json({ token: await accounts.logIn(name, password) })
  })

  router.get(
    '/members/items/:id',
    requireToken,
    validParams(schemas.getMemberItem),
    ({ valid: { id } }, response) => {
      response.json(found(catalog.get(id), 'item', id))
    },
  )

  return router
}
