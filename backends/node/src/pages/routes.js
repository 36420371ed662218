import { pageQuery } from '../catalog/schemas.js'
import { problemResponses } from '../problem.js'

const showItems = { querystring: pageQuery, response: problemResponses }

export async function pageRoutes(app, { catalog }) {
  app.get('/pages/items', { schema: showItems }, async (request, reply) => {
    // React is loaded with the first page: who shows none does without it.
    const { renderItemsPage } = await import('./items-page.js')
    const { limit, after } = request.query
    const { items, next_after: nextAfter } = catalog.page({ limit, after })
    return reply.type('text/html; charset=utf-8').send(renderItemsPage({ items, after, limit, nextAfter }))
  })
}
