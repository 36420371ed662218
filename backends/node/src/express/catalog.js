import * as schemas from '../domain/catalog/schemas.js'
import { showItems } from '../domain/pages/pages.js'
import { found } from '../domain/problem.js'
import { makeRouter } from './router.js'
import { validBody, validParams, validQuery } from './validation.js'

export function catalogRoutes({ catalog, search, nativeSearch }) {
  const router = makeRouter()

  router
    .route('/items')
    .get(validQuery(schemas.listItems), ({ valid }, response) => {
      response.json(catalog.page(valid))
    })
    .post(validBody(schemas.createItem), ({ body }, response) => {
      const item = catalog.create(body)
      response.status(201).location(`/items/${item.id}`).json(item)
    })

  router.get('/items/search', validQuery(schemas.searchItems), async ({ valid }, response) => {
    response.json({ items: await search.nearest(valid.q) })
  })

  router.get('/items/search-native', validQuery(schemas.searchItems), async ({ valid }, response) => {
    response.json({ items: await nativeSearch.nearest(valid.q) })
  })

  router
    .route('/items/:id')
    .all(validParams(schemas.getItem))
    .get(({ valid: { id } }, response) => {
      response.json(found(catalog.get(id), 'item', id))
    })
    .put(validBody(schemas.replaceItem), ({ valid: { id }, body }, response) => {
      response.json(found(catalog.replace(id, body), 'item', id))
    })
    .delete(({ valid: { id } }, response) => {
      found(catalog.delete(id), 'item', id)
      response.status(204).end()
    })

  router.get('/pages/items', validQuery(schemas.listItems), async ({ valid }, response) => {
    response.type('html').send(await showItems(catalog, valid))
  })

  return router
}
