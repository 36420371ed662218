import { problemResponses } from '../problem.js'

const TIMER_MS = 10
const FAULTY_BYTES = 2 ** 31

const schema = {
  querystring: {
    type: 'object',
    required: ['kind'],
    properties: { kind: { enum: ['panic', 'timer', 'stack', 'memory', 'abort'] } },
  },
  response: problemResponses,
}

/** Makes the service fail as one with a mistake does. Nothing here is caught that would not be elsewhere. */
export async function faultRoutes(app) {
  app.post('/fault', { schema }, (request, reply) => {
    const { kind } = request.query
    if (kind === 'panic') raise()
    if (kind === 'timer') setTimeout(raise, TIMER_MS)
    if (kind === 'stack') descend(1)
    if (kind === 'memory') Buffer.alloc(FAULTY_BYTES, 1)
    if (kind === 'abort') process.abort()
    reply.code(kind === 'timer' ? 202 : 200)
    return { kind }
  })
}

function raise() {
  throw new Error('asked to fail')
}

function descend(depth) {
  return descend(depth + 1) + depth
}
