import { problemResponses } from '../problem.js'
import { FEATURES } from './model.js'

const MAX_ROWS = 8192
const MAX_FEATURE = 1e6

const rows = {
  type: 'object',
  required: ['features'],
  additionalProperties: false,
  properties: {
    features: {
      type: 'array',
      minItems: FEATURES,
      maxItems: FEATURES * MAX_ROWS,
      items: { type: 'number', minimum: -MAX_FEATURE, maximum: MAX_FEATURE },
    },
  },
}

const scores = {
  type: 'object',
  required: ['scores'],
  additionalProperties: false,
  properties: { scores: { type: 'array', items: { type: 'number' } } },
}

export const scoreRows = {
  body: rows,
  response: { 200: scores, ...problemResponses },
}
