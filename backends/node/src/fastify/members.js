import * as schemas from '../domain/members/schemas.js'
import { found } from '../domain/problem.js'
import { acceptJson, parseJsonBody, requireJson } from './validation.js'

export async function memberRoutes(app, { accounts, catalog }) {
  acceptJson(app)

  // Before anything is said of the path: who may not read is not told what there is.
  const requireToken = (request, _reply, done) => {
    accounts.check(request.headers.authorization)
    done()
  }

  app.post(
    '/login',
    { schema: schemas.logIn, onRequest: requireJson, preValidation: parseJsonBody },
    async (request) => {
      const { name, password } = request.body
      return { token: await accounts.logIn(name, password) }
    },
  )

  app.get('/members/items/:id', { schema: schemas.getMemberItem, onRequest: requireToken }, (request) => {
    const { id } = request.params
    return found(catalog.get(id), 'item', id)
  })
}
