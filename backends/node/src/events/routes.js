import { Clock } from './clock.js'

export const EVENTS_PATH = '/events'

const HEAD = { 'content-type': 'text/event-stream', 'cache-control': 'no-store' }

export async function eventRoutes(app, { subscribers }) {
  const clock = new Clock((second) => subscribers.publish(second))

  app.get(EVENTS_PATH, { exposeHeadRoute: false }, (_request, reply) => {
    reply.hijack()
    reply.raw.writeHead(200, HEAD)
    reply.raw.flushHeaders()
    subscribers.add(reply.raw)
  })
  // The server waits for its responses when it is closed, and these have no end of their own.
  app.addHook('preClose', (done) => {
    clock.stop()
    subscribers.end()
    done()
  })
}
