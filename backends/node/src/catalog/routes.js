import { sendProblem } from '../problem.js'
import { checkPathFirst, parseJsonBody, requireJson } from '../validation.js'
import * as schemas from './schemas.js'

export async function catalogRoutes(app, { catalog }) {
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, bytes, done) =>
    done(null, bytes),
  )

  app.get('/items', { schema: schemas.listItems }, (request) => {
    const { limit, after } = request.query
    return catalog.page({ limit, after })
  })

  app.post(
    '/items',
    { schema: schemas.createItem, onRequest: requireJson, preValidation: parseJsonBody },
    (request, reply) => {
      const item = catalog.create(request.body)
      reply.code(201).header('location', `/items/${item.id}`)
      return item
    },
  )

  app.get('/items/:id', { schema: schemas.getItem }, (request, reply) => {
    const { id } = request.params
    return catalog.get(id) ?? sendNoSuchItem(reply, id)
  })

  app.put(
    '/items/:id',
    {
      schema: schemas.replaceItem,
      onRequest: [checkPathFirst, requireJson],
      preValidation: parseJsonBody,
    },
    (request, reply) => {
      const { id } = request.params
      return catalog.replace(id, request.body) ?? sendNoSuchItem(reply, id)
    },
  )

  app.delete('/items/:id', { schema: schemas.deleteItem }, (request, reply) => {
    const { id } = request.params
    return catalog.delete(id) ? reply.code(204).send() : sendNoSuchItem(reply, id)
  })
}

function sendNoSuchItem(reply, id) {
  return sendProblem(reply, 404, `There is no item ${id}.`)
}
