import { STATUS_CODES } from 'node:http'

const MEDIA_TYPE = 'application/problem+json'

const problemResponse = {
  content: {
    [MEDIA_TYPE]: {
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

/** An error that is answered with `status` and tells the client `detail`. */
export function problem(status, detail) {
  return Object.assign(new Error(detail), { statusCode: status })
}

/** What the service depends on is not there, or does not work. */
export function unavailable(detail) {
  return problem(503, detail)
}

/** Who asks has not shown who they are. */
export function unauthorized(detail) {
  return problem(401, detail)
}

export function sendProblem(reply, status, detail) {
  if (status === 401) reply.header('www-authenticate', 'Bearer')
  return reply
    .code(status)
    .type(MEDIA_TYPE)
    .send({ type: 'about:blank', title: STATUS_CODES[status], status, detail })
}

export function sendNotFound(request, reply) {
  return sendProblem(reply, 404, `There is nothing at ${request.method} ${request.url}.`)
}

export function sendErrorAsProblem(error, request, reply) {
  const status = error.statusCode ?? 500
  if (status < 500 || status === 503) return sendProblem(reply, status, error.message)

  request.log.error({ err: error, method: request.method, url: request.url }, 'request failed')
  return sendProblem(reply, 500, 'The service could not answer this request.')
}
