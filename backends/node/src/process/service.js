import cluster from 'node:cluster'
import { once } from 'node:events'
import { Patience } from './patience.js'
import { TIMEOUTS } from './timeouts.js'

// As long as the contract asks for; Node's own would be 511.
const BACKLOG = 4096
const REAP_EVERY_MS = 50
const CUT_AFTER_MS = 4_000

/**
 * Listens and serves until the process is told to stop. An application has a `server` (of node:http), `listen`, and `close`,
 * which stops accepting and resolves when all that was asked is answered.
 */
export async function serve(app, { host, port }) {
  // Bun's server has its connections from elsewhere: Patience could only cut them.
  const patience = process.versions.bun ? undefined : new Patience(app.server, TIMEOUTS.keepAliveTimeout)
  let stopping = false

  for (const signal of ['SIGTERM', 'SIGINT']) {
    process.on(signal, () => {
      if (stopping) return
      stopping = true
      patience?.end()
      stop(app)
    })
  }

  if (cluster.isWorker) await turnToListen()
  await app.listen({ host, port, backlog: BACKLOG })
}

/** Tells the supervisor that this worker is ready, and waits for its word. */
async function turnToListen() {
  process.send('ready')
  await once(process, 'message')
}

/** Stops accepting, lets the requests in flight finish, and ends the process. */
async function stop(app) {
  // Closing closes the connections that are idle at that moment. One that is busy then turns idle
  // after its response and would keep the server open until its keep-alive runs out.
  setInterval(() => app.server.closeIdleConnections(), REAP_EVERY_MS)
  setTimeout(() => app.server.closeAllConnections(), CUT_AFTER_MS)

  await app.close()
  process.exit(0)
}
