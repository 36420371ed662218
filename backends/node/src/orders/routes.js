import { problem, sendProblem } from '../problem.js'
import { acceptJson, parseJsonBody, requireJson } from '../validation.js'
import * as schemas from './schemas.js'

export async function orderRoutes(app, { orders }) {
  acceptJson(app)
  app.addHook('onClose', () => orders.close())

  app.post(
    '/orders',
    { schema: schemas.placeOrder, onRequest: requireJson, preValidation: parseJsonBody },
    async (request, reply) => {
      requireEachItemOnce(request.body.lines)
      const order = await orders.place(request.body)
      reply.code(201).header('location', `/orders/${order.id}`)
      return order
    },
  )

  app.get('/orders/:id', { schema: schemas.getOrder }, async (request, reply) => {
    const { id } = request.params
    return (await orders.get(id)) ?? sendProblem(reply, 404, `There is no order ${id}.`)
  })
}

// The one rule that JSON Schema cannot tell.
function requireEachItemOnce(lines) {
  const ids = new Set(lines.map((line) => line.item_id))
  if (ids.size < lines.length) throw problem(422, 'body/lines must not have an item twice.')
}
