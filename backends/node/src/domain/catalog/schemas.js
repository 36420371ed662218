import { problemResponses } from '../problem.js'
import { decimal } from '../validation.js'

const name = { type: 'string', minLength: 1, maxLength: 200 }
const priceCents = { type: 'integer', minimum: 0, maximum: 100_000_000 }
const stock = { type: 'integer', minimum: 0, maximum: 1_000_000 }
const tags = {
  type: 'array',
  maxItems: 8,
  items: { type: 'string', minLength: 1, maxLength: 32 },
}

const newItem = {
  type: 'object',
  required: ['name', 'price_cents'],
  additionalProperties: false,
  properties: {
    name,
    price_cents: priceCents,
    stock: { ...stock, default: 0 },
    tags: { ...tags, default: [] },
  },
}

const item = {
  type: 'object',
  required: ['id', 'name', 'price_cents', 'stock', 'tags'],
  additionalProperties: false,
  properties: { id: { type: 'integer' }, name, price_cents: priceCents, stock, tags },
}

const matches = {
  type: 'object',
  required: ['items'],
  additionalProperties: false,
  properties: {
    items: {
      type: 'array',
      items: {
        type: 'object',
        required: ['id', 'name', 'distance'],
        additionalProperties: false,
        properties: { id: { type: 'integer' }, name, distance: { type: 'integer' } },
      },
    },
  },
}

const itemPath = {
  type: 'object',
  required: ['id'],
  properties: { id: decimal({ minimum: 1 }) },
}

export const pageQuery = {
  type: 'object',
  properties: {
    limit: decimal({ minimum: 1, maximum: 1000, default: 20 }),
    after: decimal({ minimum: 0, default: 0 }),
  },
}

// Without a schema of its 200: JSON.stringify writes a thousand items faster than the serialiser
// that Fastify makes of one.
export const listItems = {
  querystring: pageQuery,
  response: problemResponses,
}
export const searchItems = {
  querystring: {
    type: 'object',
    required: ['q'],
    properties: { q: { type: 'string', minLength: 1, maxLength: 64 } },
  },
  response: { 200: matches, ...problemResponses },
}
export const createItem = {
  body: newItem,
  response: { 201: item, ...problemResponses },
}
export const getItem = {
  params: itemPath,
  response: { 200: item, ...problemResponses },
}
export const replaceItem = {
  params: itemPath,
  body: newItem,
  response: { 200: item, ...problemResponses },
}
export const deleteItem = {
  params: itemPath,
  response: { 204: { type: 'null' }, ...problemResponses },
}
