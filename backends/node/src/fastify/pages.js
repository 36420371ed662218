import * as schemas from '../domain/pages/schemas.js'
import { showItems } from '../domain/pages/pages.js'

export async function pageRoutes(app, { catalog }) {
  app.get('/pages/items', { schema: schemas.showItems }, async (request, reply) => {
    const page = await showItems(catalog, request.query)
    return reply.type('text/html; charset=utf-8').send(page)
  })
}
