import { problemResponses } from '../problem.js'
import { decimal } from '../validation.js'

const integer = { type: 'integer' }
const number = { type: 'number' }

const group = {
  type: 'object',
  required: ['region', 'count', 'total_cents', 'mean_cents', 'most_cents'],
  additionalProperties: false,
  properties: {
    region: integer,
    count: integer,
    total_cents: integer,
    mean_cents: number,
    most_cents: integer,
  },
}

const report = {
  type: 'object',
  required: ['rows', 'groups', 'coefficients'],
  additionalProperties: false,
  properties: {
    rows: integer,
    groups: { type: 'array', items: group },
    coefficients: { type: 'array', items: number },
  },
}

export const makeReport = {
  querystring: {
    type: 'object',
    required: ['rows'],
    properties: { rows: decimal({ minimum: 1000 }) },
  },
  response: { 200: report, ...problemResponses },
}
