import * as schemas from '../domain/fanout/schemas.js'

export async function fanOutRoutes(app, { upstream }) {
  app.get('/fanout', { schema: schemas.fanOut }, (request) => {
    const { key, calls } = request.query
    return upstream.fanOut(key, calls)
  })
}
