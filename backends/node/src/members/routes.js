import { sendProblem } from '../problem.js'
import { acceptJson, parseJsonBody, requireJson } from '../validation.js'
import { Accounts } from './accounts.js'
import * as schemas from './schemas.js'

export async function memberRoutes(app, { file, key, catalog }) {
  const accounts = await Accounts.open(file, key)
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

  app.get(
    '/members/items/:id',
    { schema: schemas.getMemberItem, onRequest: requireToken },
    (request, reply) => {
      const { id } = request.params
      return catalog.get(id) ?? sendProblem(reply, 404, `There is no item ${id}.`)
    },
  )
}
