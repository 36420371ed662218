import cluster from 'node:cluster'

const PATIENCE_MS = 4_500

/** Runs a process for each core, replaces those that die, and ends when all have ended. */
export class Primary {
  #cores
  #ready = []
  #allWereReady = false
  #stopping = false
  #status = 0

  constructor(cores) {
    this.#cores = cores
  }

  start() {
    cluster.on('message', (worker) => this.#isReady(worker))
    cluster.on('listening', (worker) => (worker.hasListened = true))
    cluster.on('exit', (worker, code, signal) => this.#ended(worker, signal ?? code))
    for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => this.#stop(0))
    for (let i = 0; i < this.#cores; i++) cluster.fork()
  }

  /** The first listen together: one that listened alone would be given all the early connections, and keep them. */
  #isReady(worker) {
    this.#ready.push(worker)
    this.#allWereReady ||= this.#ready.length === this.#cores
    if (!this.#allWereReady) return
    for (const each of this.#ready.splice(0)) if (each.isConnected()) each.send('listen')
  }

  #ended(worker, how) {
    if (this.#stopping) {
      if (Object.keys(cluster.workers).length === 0) process.exit(this.#status)
      return
    }
    console.error(`process ${worker.process.pid} ended (${how})`)
    // One that could not even listen would fail again.
    if (worker.hasListened) cluster.fork()
    else this.#stop(1)
  }

  #stop(status) {
    if (this.#stopping) return
    this.#stopping = true
    this.#status = status
    const tell = (signal) => Object.values(cluster.workers).forEach(({ process }) => process.kill(signal))
    tell('SIGTERM')
    setTimeout(() => {
      this.#status = 1
      tell('SIGKILL')
    }, PATIENCE_MS)
    if (Object.keys(cluster.workers).length === 0) process.exit(status)
  }
}
