import { setMaxListeners } from 'node:events'
import http from 'node:http'
import { Problem } from './problem.js'

const CONNECTIONS = 4096
const LEAST_CONNECTIONS = 16
const TIMEOUT_MS = 2_000
const LONGEST_ANSWER = 64 * 1024

/** The upstream, over connections that are kept: an even share of the service's for each of its processes. */
export class Upstream {
  #url
  #agent

  constructor(url, processes) {
    if (url === null) return
    const share = Math.max(LEAST_CONNECTIONS, Math.floor(CONNECTIONS / processes))
    this.#url = new URL(url)
    this.#agent = new http.Agent({ keepAlive: true, maxSockets: share, maxFreeSockets: share })
  }

  /** Makes all the calls at once; one that fails in whatever way within two seconds, or does not end, has no value. */
  async fanOut(key, calls) {
    if (!this.#url) throw new Problem(503, 'This service was given no upstream.')
    const signal = AbortSignal.timeout(TIMEOUT_MS)
    setMaxListeners(0, signal)

    const values = await Promise.all(
      Array.from({ length: calls }, (_, call) => this.#value(`/values/${key}/${call}`, signal)),
    )
    const came = values.filter((value) => value !== null)
    return {
      key,
      partial: came.length < calls,
      sum: came.reduce((sum, value) => sum + value, 0),
      results: values.map((value, call) => ({ call, value })),
    }
  }

  async #value(path, signal) {
    try {
      const { status, body } = await this.#get(path, signal)
      const value = status === 200 ? JSON.parse(body).value : null
      return Number.isSafeInteger(value) ? value : null
    } catch {
      return null
    }
  }

  #get(path, signal) {
    const { hostname, port, pathname } = this.#url
    const options = { agent: this.#agent, hostname, port, path: pathname.replace(/\/$/, '') + path, signal }
    return new Promise((resolve, reject) => {
      const request = http.get(options, (response) => {
        let body = ''
        response.setEncoding('utf8')
        response.on('data', (chunk) => {
          body += chunk
          if (body.length > LONGEST_ANSWER) request.destroy(new Error('The answer is too long.'))
        })
        response.on('end', () => resolve({ status: response.statusCode, body }))
        response.on('error', reject)
      })
      request.on('error', reject)
    })
  }

  close() {
    this.#agent?.destroy()
  }
}
