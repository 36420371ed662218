import { Problem } from './problem.js'
import { Reply } from './routes.js'

const KINDS = ['panic', 'timer', 'stack', 'memory', 'abort']
const TIMER_MS = 10
const FAULTY_BYTES = 2 ** 31

/** Makes the service fail as one with a mistake does. Nothing here is caught that would not be elsewhere. */
export const faultRoutes = { '/fault': { POST: { answer: ({ query }) => fail(query.get('kind')) } } }

function fail(kind) {
  if (!KINDS.includes(kind)) throw new Problem(422, `kind must be one of ${KINDS.join(', ')}.`)
  if (kind === 'panic') raise()
  if (kind === 'timer') setTimeout(raise, TIMER_MS)
  if (kind === 'stack') descend(1)
  if (kind === 'memory') Buffer.alloc(FAULTY_BYTES, 1)
  if (kind === 'abort') process.abort()
  return new Reply(kind === 'timer' ? 202 : 200, {}, { kind })
}

function raise() {
  throw new Error('asked to fail')
}

function descend(depth) {
  return descend(depth + 1) + depth
}
