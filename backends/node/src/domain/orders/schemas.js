import { problemResponses } from '../problem.js'
import { decimal } from '../validation.js'

const integer = { type: 'integer' }

const newOrder = {
  type: 'object',
  required: ['customer', 'lines'],
  additionalProperties: false,
  properties: {
    // PostgreSQL's text cannot hold U+0000.
    customer: { type: 'string', minLength: 1, maxLength: 100, pattern: '^[^\\u0000]*$' },
    lines: {
      type: 'array',
      minItems: 1,
      maxItems: 20,
      items: {
        type: 'object',
        required: ['item_id', 'quantity'],
        additionalProperties: false,
        properties: {
          item_id: { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER },
          quantity: { type: 'integer', minimum: 1, maximum: 100 },
        },
      },
    },
  },
}

const order = {
  type: 'object',
  required: ['id', 'customer', 'total_cents', 'lines'],
  additionalProperties: false,
  properties: {
    id: integer,
    customer: { type: 'string' },
    total_cents: integer,
    lines: {
      type: 'array',
      items: {
        type: 'object',
        required: ['item_id', 'quantity', 'price_cents'],
        additionalProperties: false,
        properties: { item_id: integer, quantity: integer, price_cents: integer },
      },
    },
  },
}

export const placeOrder = {
  body: newOrder,
  response: { 201: order, ...problemResponses },
}
export const getOrder = {
  params: { type: 'object', required: ['id'], properties: { id: decimal({ minimum: 1 }) } },
  response: { 200: order, ...problemResponses },
}
