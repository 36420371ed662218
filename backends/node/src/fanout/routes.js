import * as schemas from './schemas.js'

export async function fanOutRoutes(app, { upstream }) {
  app.addHook('onClose', () => upstream.close())

  app.get('/fanout', { schema: schemas.fanOut }, async (request) => {
    const { key, calls } = request.query
    const values = await upstream.values(key, calls)
    const came = values.filter((value) => value !== null)
    return {
      key,
      partial: came.length < calls,
      sum: came.reduce((sum, value) => sum + value, 0),
      results: values.map((value, call) => ({ call, value })),
    }
  })
}
