import { problemResponses } from '../problem.js'
import { decimal } from '../validation.js'

const integer = { type: 'integer' }

const merged = {
  type: 'object',
  required: ['key', 'partial', 'sum', 'results'],
  additionalProperties: false,
  properties: {
    key: integer,
    partial: { type: 'boolean' },
    sum: integer,
    results: {
      type: 'array',
      items: {
        type: 'object',
        required: ['call', 'value'],
        additionalProperties: false,
        properties: { call: integer, value: { type: ['integer', 'null'] } },
      },
    },
  },
}

export const fanOut = {
  querystring: {
    type: 'object',
    required: ['key'],
    properties: {
      key: decimal({ minimum: 0 }),
      calls: decimal({ minimum: 1, maximum: 64, default: 8 }),
    },
  },
  response: { 200: merged, ...problemResponses },
}
