import cluster from 'node:cluster'

const KILL_AFTER_MS = 4_500

/**
 * Keeps `count` workers running until the process is told to stop.
 *
 * A worker that dies after it has listened is replaced. One that dies before would do so again
 * (the port is taken, the installation broken), so it ends the service.
 */
export class Supervisor {
  #count
  #waiting = []
  #listened = new Set()
  #serving = false
  #stopping = false
  #exitCode = 0

  constructor(count) {
    this.#count = count
  }

  start() {
    // The one message that a worker sends is that it is ready to listen.
    cluster.on('message', (worker) => this.#onReady(worker))
    cluster.on('listening', (worker) => this.#listened.add(worker.id))
    cluster.on('exit', (worker, code, signal) => this.#onExit(worker, signal ?? `status ${code}`))
    for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => this.stop(0))
    for (let forked = 0; forked < this.#count; forked++) cluster.fork()
  }

  stop(exitCode) {
    if (this.#stopping) return
    this.#stopping = true
    this.#exitCode = exitCode
    signalWorkers('SIGTERM')
    setTimeout(() => {
      this.#exitCode = 1
      signalWorkers('SIGKILL')
    }, KILL_AFTER_MS)
  }

  // The first workers listen together: clients keep their connections, so all those that came
  // while only one worker listened would stay with it.
  #onReady(worker) {
    this.#waiting.push(worker)
    this.#serving ||= this.#waiting.length === this.#count
    if (!this.#serving) return
    for (const each of this.#waiting.splice(0)) if (each.isConnected()) each.send('listen')
  }

  #onExit(worker, reason) {
    const hadListened = this.#listened.delete(worker.id)
    if (this.#stopping) {
      if (Object.keys(cluster.workers).length === 0) process.exit(this.#exitCode)
    } else if (hadListened) {
      console.error(`worker ${worker.process.pid} ended (${reason}), starting another`)
      cluster.fork()
    } else {
      console.error(`worker ${worker.process.pid} ended before it listened (${reason}), giving up`)
      this.stop(1)
    }
  }
}

function signalWorkers(signal) {
  for (const worker of Object.values(cluster.workers)) worker.process.kill(signal)
}
