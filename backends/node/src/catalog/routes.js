import { sendProblem } from '../problem.js'
import { acceptJson, checkPathFirst, parseJsonBody, requireJson } from '../validation.js'
import { NativeSearch } from './native-search.js'
import * as schemas from './schemas.js'
import { Search } from './search.js'

export async function catalogRoutes(app, { catalog }) {
  const search = new Search(catalog)
  const nativeSearch = new NativeSearch(catalog)
  acceptJson(app)

  app.get('/items', { schema: schemas.listItems }, (request) => {
    const { limit, after } = request.query
    return catalog.page({ limit, after })
  })

  app.get('/items/search', { schema: schemas.searchItems }, async (request) => ({
    items: await search.nearest(request.query.q),
  }))

  app.get('/items/search-native', { schema: schemas.searchItems }, async (request) => ({
    items: await nativeSearch.nearest(request.query.q),
  }))

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
