import assert from 'node:assert/strict'
import { Service } from '../../src/service.js'

/** A service that listens on a port of its own, and what a test does to it. */
export async function run(options) {
  const defaults = { upstreamUrl: null, databaseUrl: null, cores: 1, items: 10_000, faults: false }
  const service = new Service({ host: '127.0.0.1', port: 0, ...defaults, ...options })
  const url = `http://127.0.0.1:${await service.start()}`

  /** Sends a request, whose body is sent as it is if it is bytes or a string, and as JSON if it is anything else. */
  async function ask(method, path, body, headers = { 'content-type': 'application/json' }) {
    const raw = body === undefined || typeof body === 'string' || Buffer.isBuffer(body)
    const init = { method, headers: body === undefined ? {} : headers, redirect: 'manual' }
    const response = await fetch(url + path, { ...init, body: raw ? body : JSON.stringify(body) })
    const text = await response.text()
    const type = response.headers.get('content-type')
    return {
      status: response.status,
      headers: response.headers,
      type,
      json: text ? JSON.parse(text) : undefined,
    }
  }

  /** The request must be answered with a problem of that status. */
  async function refuses(status, method, path, body, headers) {
    const answer = await ask(method, path, body, headers)
    assert.equal(answer.status, status, `${method} ${path} ${String(JSON.stringify(body)).slice(0, 200)}`)
    assert.equal(answer.type, 'application/problem+json')
    const { type, title, status: told, detail } = answer.json
    assert.deepEqual({ type, told }, { type: 'about:blank', told: status })
    assert.ok(title && detail)
  }

  return { url, ask, refuses, stop: () => service.stop() }
}
