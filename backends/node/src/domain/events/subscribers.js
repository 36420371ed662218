/** How much may wait for a subscriber, beside what the kernel holds: 64 KiB less what a chunk has around its event. */
const UNSENT_BYTES_MAX = 60 * 1024

/** The responses that are streams. */
export class Subscribers {
  #since = new Map()
  #ended = false

  /** Gives a response each second that begins from now on, until it is closed. Its head has to be written already. */
  add(response) {
    if (this.#ended) {
      response.end()
      return
    }
    this.#since.set(response, Date.now() / 1_000)
    response.once('close', () => this.#since.delete(response))
  }

  /** Writes a second to all, and waits for none. */
  publish(second) {
    const event = Buffer.from(`id: ${second}\ndata: {"second":${second}}\n\n`)
    for (const [response, since] of this.#since) {
      if (second <= since) continue
      if (response.writableLength + event.length > UNSENT_BYTES_MAX) {
        response.destroy()
      } else {
        response.write(event)
      }
    }
  }

  end() {
    this.#ended = true
    for (const response of this.#since.keys()) response.end()
    this.#since.clear()
  }
}
