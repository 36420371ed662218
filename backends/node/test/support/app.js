import { once } from 'node:events'
import { Agent, request as send } from 'node:http'

const layer = process.env.LAYER ?? 'fastify'
const { openApp: openLayer } = await import(`../../src/${layer}/app.js`)

/**
 * The application of a configuration by the HTTP layer that LAYER names, listening. `inject` sends it a request (a URL, or
 * method, url, headers and payload, of which an object is sent as JSON) and gives what it answers.
 */
export async function openApp(config) {
  const app = await openLayer(config)
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.address()
  const agent = new Agent({ keepAlive: true })

  async function inject(asked) {
    const { method = 'GET', url, headers = {}, payload } = typeof asked === 'string' ? { url: asked } : asked
    const isJson = typeof payload === 'object' && !Buffer.isBuffer(payload)
    const body = isJson ? JSON.stringify(payload) : payload
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }
    const request = send({
      host: '127.0.0.1',
      port,
      agent,
      method,
      path: url,
      headers: { ...headers, ...length },
    })
    request.end(body)
    const [response] = await once(request, 'response')
    const text = Buffer.concat(await response.toArray()).toString()
    return {
      statusCode: response.statusCode,
      headers: response.headers,
      body: text,
      json: () => JSON.parse(text),
    }
  }

  async function close() {
    agent.destroy()
    await app.close()
  }

  return { server: app.server, inject, close }
}
