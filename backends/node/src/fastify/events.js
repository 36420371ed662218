export const EVENTS_PATH = '/events'

export async function eventRoutes(app, { events }) {
  app.get(EVENTS_PATH, { exposeHeadRoute: false }, (_request, reply) => {
    reply.hijack()
    events.stream(reply.raw)
  })
  app.addHook('preClose', (done) => {
    events.end()
    done()
  })
}
