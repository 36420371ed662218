import { sendNotFound } from './problem.js'
import { makeRouter } from './router.js'

export function eventRoutes({ events }) {
  const router = makeRouter()
  // Express answers HEAD as GET where nothing else is said, and this one would never end.
  router.head('/events', sendNotFound)
  router.get('/events', (_request, response) => {
    events.stream(response)
  })
  return router
}
