import { once } from 'node:events'
import { createServer } from 'node:http'
import { TIMEOUTS } from '../process/timeouts.js'

/** The application of a function that answers requests as node:http has them. */
export class PlainApp {
  #domain
  #underWay = new Set()

  constructor(answer, domain) {
    this.#domain = domain
    this.server = createServer(TIMEOUTS, (request, response) => {
      this.#underWay.add(response)
      response.once('close', () => this.#underWay.delete(response))
      if (!this.server.listening) endConnection(response)
      answer(request, response)
    })
  }

  /** Resolves when the service can be reached. */
  async listen(where) {
    this.server.listen(where)
    await once(this.server, 'listening')
  }

  /** Stops accepting, and resolves when what was asked is answered and all connections are closed. */
  async close() {
    const closed = once(this.server, 'close')
    this.server.close()
    this.#domain.events.end()
    for (const response of this.#underWay) endConnection(response)
    await closed
    await this.#domain.close()
  }
}

/** A client that is told so sends nothing more to a service that stops. */
function endConnection(response) {
  if (!response.headersSent) response.setHeader('connection', 'close')
}
