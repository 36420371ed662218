import * as schemas from '../domain/orders/schemas.js'
import { found } from '../domain/problem.js'
import { makeRouter } from './router.js'
import { validBody, validParams } from './validation.js'

export function orderRoutes({ orders }) {
  const router = makeRouter()

  router.post('/orders', validBody(schemas.placeOrder), async ({ body }, response) => {
    const order = await orders.place(body)
    response.status(201).location(`/orders/${order.id}`).json(order)
  })

  router.get('/orders/:id', validParams(schemas.getOrder), async ({ valid: { id } }, response) => {
    response.json(found(await orders.get(id), 'order', id))
  })

  return router
}
