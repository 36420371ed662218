import { setMaxListeners } from 'node:events'
import { Pool } from 'undici'
import { unavailable } from '../problem.js'

const MAX_CONNECTIONS = 4096
const MIN_CONNECTIONS = 16
const CALL_TIMEOUT_MS = 2_000
const KEEP_ALIVE_MS = 75_000
const MAX_ANSWER_BYTES = 64 * 1024

/** A client of the upstream, or of none where the service was given no URL. */
export class Upstream {
  #pool
  #path

  /** The service has `processes` of these, which share its connections evenly. */
  constructor(url, processes) {
    if (url === undefined) return
    const { origin, pathname } = new URL(url)
    this.#path = pathname.replace(/\/$/, '')
    this.#pool = new Pool(origin, {
      connections: Math.max(MIN_CONNECTIONS, Math.floor(MAX_CONNECTIONS / processes)),
      keepAliveTimeout: KEEP_ALIVE_MS,
      maxResponseSize: MAX_ANSWER_BYTES,
    })
  }

  /** What calls 0 to `calls` - 1, all made at once, bring: null for one that failed in whatever way. */
  async fanOut(key, calls) {
    if (!this.#pool) throw unavailable('This service was given no upstream.')

    const signal = AbortSignal.timeout(CALL_TIMEOUT_MS)
    setMaxListeners(0, signal)
    const values = await Promise.all(
      Array.from({ length: calls }, (_, call) => this.#value(key, call, signal)),
    )
    const came = values.filter((value) => value !== null)
    return {
      key,
      partial: came.length < calls,
      sum: came.reduce((sum, value) => sum + value, 0),
      results: values.map((value, call) => ({ call, value })),
    }
  }

  async #value(key, call, signal) {
    try {
      const path = `${this.#path}/values/${key}/${call}`
      const { statusCode, body } = await this.#pool.request({ method: 'GET', path, signal })
      if (statusCode !== 200) {
        await body.dump()
        return null
      }
      const { value } = await body.json()
      return Number.isSafeInteger(value) ? value : null
    } catch {
      return null
    }
  }

  async close() {
    await this.#pool?.destroy()
  }
}
