import * as schemas from '../domain/catalog/schemas.js'
import { found } from '../domain/problem.js'
import { acceptJson, checkPathFirst, parseJsonBody, requireJson } from './validation.js'

export async function catalogRoutes(app, { catalog, search, nativeSearch }) {
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

  app.get('/items/:id', { schema: schemas.getItem }, (request) => {
    const { id } = request.params
    return found(catalog.get(id), 'item', id)
  })

  app.put(
    '/items/:id',
    {
      schema: schemas.replaceItem,
      onRequest: [checkPathFirst, requireJson],
      preValidation: parseJsonBody,
    },
    (request) => {
      const { id } = request.params
      return found(catalog.replace(id, request.body), 'item', id)
    },
  )

  app.delete('/items/:id', { schema: schemas.deleteItem }, (request, reply) => {
    const { id } = request.params
    found(catalog.delete(id), 'item', id)
    return reply.code(204).send()
  })
}
