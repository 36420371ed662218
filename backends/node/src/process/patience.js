/**
 * Lets a connection that has sent nothing yet be idle for as long as one between two requests.
 *
 * Node's HTTP server counts the time of a first request from the moment at which its connection was opened, and would
 * close one that a client opened ahead of its first request. So it is given a connection when the first bytes are there.
 */
export class Patience {
  #server
  #serve
  #idleMs
  #waiting = new Set()

  constructor(server, idleMs) {
    this.#server = server
    this.#serve = server.listeners('connection')
    this.#idleMs = idleMs
    server.removeAllListeners('connection')
    server.on('connection', (socket) => this.#wait(socket))
  }

  /** Closes what has sent nothing yet: the server does not know of it. */
  end() {
    for (const socket of this.#waiting) socket.destroy()
  }

  #wait(socket) {
    const give = () => {
      this.#waiting.delete(socket)
      socket.setTimeout(0)
      socket.off('timeout', destroy).off('error', destroy).off('close', forget)
      for (const serve of this.#serve) serve.call(this.#server, socket)
    }
    const destroy = () => socket.destroy()
    const forget = () => this.#waiting.delete(socket)

    this.#waiting.add(socket)
    socket.setTimeout(this.#idleMs)
    socket.on('timeout', destroy).on('error', destroy).on('close', forget).once('readable', give)
  }
}
