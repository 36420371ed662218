import * as schemas from '../domain/orders/schemas.js'
import { found } from '../domain/problem.js'
import { acceptJson, parseJsonBody, requireJson } from './validation.js'

export async function orderRoutes(app, { orders }) {
  acceptJson(app)

  app.post(
    '/orders',
    { schema: schemas.placeOrder, onRequest: requireJson, preValidation: parseJsonBody },
    async (request, reply) => {
      const order = await orders.place(request.body)
      reply.code(201).header('location', `/orders/${order.id}`)
      return order
    },
  )

  app.get('/orders/:id', { schema: schemas.getOrder }, async (request) => {
    const { id } = request.params
    return found(await orders.get(id), 'order', id)
  })
}
