const TIMER_MS = 10
const FAULTY_BYTES = 2 ** 31

export const KINDS = ['panic', 'timer', 'stack', 'memory', 'abort']

export const failSchema = {
  querystring: {
    type: 'object',
    required: ['kind'],
    properties: { kind: { enum: KINDS } },
  },
}

/**
 * Makes the service fail as one with a mistake does. Nothing here is caught that would not be elsewhere. Where it comes
 * back, the result is the status to answer with.
 */
export function fail(kind) {
  if (kind === 'panic') raise()
  if (kind === 'timer') setTimeout(raise, TIMER_MS)
  if (kind === 'stack') descend(1)
  if (kind === 'memory') Buffer.alloc(FAULTY_BYTES, 1)
  if (kind === 'abort') process.abort()
  return kind === 'timer' ? 202 : 200
}

function raise() {
  throw new Error('asked to fail')
}

function descend(depth) {
  return descend(depth + 1) + depth
}
