import { STATUS_CODES } from 'node:http'

export const PROBLEM_TYPE = 'application/problem+json'

const problemResponse = {
  content: {
    [PROBLEM_TYPE]: {
      schema: {
        type: 'object',
        required: ['type', 'title', 'status', 'detail'],
        properties: {
          type: { type: 'string' },
          title: { type: 'string' },
          status: { type: 'integer' },
          detail: { type: 'string' },
        },
      },
    },
  },
}

/** Response schemas of a route that can answer with a problem (RFC 9457). */
export const problemResponses = { '4xx': problemResponse, 503: problemResponse }

/** An error that is answered with `status` and these headers, and tells the client `detail`. */
export function problem(status, detail, headers = {}) {
  return Object.assign(new Error(detail), { statusCode: status, headers })
}

/** What the service depends on is not there, or does not work. */
export function unavailable(detail) {
  return problem(503, detail)
}

/** Who asks has not shown who they are. */
export function unauthorized(detail) {
  return problem(401, detail, { 'www-authenticate': 'Bearer' })
}

/** What a client is told of an error; whatever is no problem of the client's is the service's own fault. */
export function problemOf(error) {
  const status = error.statusCode ?? 500
  if (status < 500 || status === 503) return error
  return problem(500, 'The service could not answer this request.')
}

/** The body of an answer with a problem. */
export function documentOf({ statusCode: status, message: detail }) {
  return { type: 'about:blank', title: STATUS_CODES[status], status, detail }
}

/** The thing, which must be there. */
export function found(thing, kind, id) {
  if (thing) return thing
  throw problem(404, `There is no ${kind} ${id}.`)
}
