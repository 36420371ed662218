const SECOND_MS = 1_000

/** Tells of each second of the wall clock as it begins, never before, and of all that it was kept from telling of. */
export class Clock {
  #tell
  #next = Math.floor(Date.now() / SECOND_MS) + 1
  #timer

  /** Begins to call `tell` with the Unix time of each second. */
  constructor(tell) {
    this.#tell = tell
    this.#wait()
  }

  stop() {
    clearTimeout(this.#timer)
  }

  // A timer of Node may be early by a millisecond. It waits anew for each second, so that it does not drift.
  #wait() {
    this.#timer = setTimeout(() => this.#look(), this.#next * SECOND_MS - Date.now())
  }

  #look() {
    while (this.#next * SECOND_MS <= Date.now()) this.#tell(this.#next++)
    this.#wait()
  }
}
