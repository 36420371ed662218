import { problem } from '../domain/problem.js'
import { EVENTS_PATH } from './events.js'
import { sendProblem } from './problem.js'

const LOOK_EVERY_MS = 20
const LATE_AFTER_MS = 25
const LATE_LOOKS = 5

/**
 * Makes the application the variant that sheds load: it refuses at once what could only be answered late, which is a request
 * above the `most` that may be under way, and any while the event loop is behind. The standard one lets every request wait.
 */
export function shedLoad(app, most) {
  let underWay = 0
  let lateLooks = 0
  let due = performance.now() + LOOK_EVERY_MS

  const looking = setInterval(() => {
    const now = performance.now()
    lateLooks = now - due > LATE_AFTER_MS ? lateLooks + 1 : 0
    due = now + LOOK_EVERY_MS
  }, LOOK_EVERY_MS).unref()

  app.addHook('onRequest', (request, reply, done) => {
    // A stream has no end to wait for: it is not a request under way.
    if (request.routeOptions.url === EVENTS_PATH) {
      done()
      return
    }
    underWay++
    let isOver = false
    const leave = () => {
      if (!isOver) underWay--
      isOver = true
    }
    reply.raw.once('finish', leave).once('close', leave) // the client may go away before it is answered
    const full = underWay > most || lateLooks >= LATE_LOOKS
    if (!full || request.url === '/healthz') {
      done()
    } else {
      sendProblem(reply, problem(503, 'The service has more to do than it can.', { 'retry-after': '1' }))
    }
  })
  app.addHook('onClose', (_app, done) => {
    clearInterval(looking)
    done()
  })
}
