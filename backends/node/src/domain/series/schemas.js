import { problemResponses } from '../problem.js'

const MAX_VALUES = 200_000
const MAX_MAGNITUDE = 1e9

const number = { type: 'number' }
const integer = { type: 'integer' }

const series = {
  type: 'object',
  required: ['values'],
  additionalProperties: false,
  properties: {
    values: {
      type: 'array',
      minItems: 1,
      maxItems: MAX_VALUES,
      items: { type: 'number', minimum: -MAX_MAGNITUDE, maximum: MAX_MAGNITUDE },
    },
  },
}

const summary = {
  type: 'object',
  required: ['count', 'mean', 'stdev', 'min', 'max', 'p50', 'p95', 'p99', 'histogram'],
  additionalProperties: false,
  properties: {
    count: integer,
    mean: number,
    stdev: number,
    min: number,
    max: number,
    p50: number,
    p95: number,
    p99: number,
    histogram: { type: 'array', items: integer },
  },
}

export const summarizeSeries = {
  body: series,
  response: { 200: summary, ...problemResponses },
}
