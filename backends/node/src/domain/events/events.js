import { Clock } from './clock.js'
import { Subscribers } from './subscribers.js'

const HEAD = { 'content-type': 'text/event-stream', 'cache-control': 'no-store' }

/** The seconds of the wall clock, streamed to whoever asks. */
export class Events {
  #subscribers
  #clock

  constructor(subscribers = new Subscribers()) {
    this.#subscribers = subscribers
    this.#clock = new Clock((second) => subscribers.publish(second))
  }

  /** Makes a response of node:http, of which nothing is sent yet, a stream. */
  stream(response) {
    response.writeHead(200, HEAD)
    this.#subscribers.add(response) // before its head is sent: a second may begin while it is
    response.flushHeaders()
  }

  /** Ends the streams, which have no end of their own: a server waits for its responses when it is closed. */
  end() {
    this.#clock.stop()
    this.#subscribers.end()
  }
}
