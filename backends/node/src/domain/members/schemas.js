import { getItem } from '../catalog/schemas.js'
import { problemResponses } from '../problem.js'

export const logIn = {
  body: {
    type: 'object',
    required: ['name', 'password'],
    additionalProperties: false,
    properties: {
      name: { type: 'string', minLength: 1, maxLength: 100 },
      password: { type: 'string', minLength: 1, maxLength: 200 },
    },
  },
  response: {
    200: {
      type: 'object',
      required: ['token'],
      additionalProperties: false,
      properties: { token: { type: 'string' } },
    },
    ...problemResponses,
  },
}

export const getMemberItem = getItem
