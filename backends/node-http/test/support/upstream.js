import { once } from 'node:events'
import { createServer } from 'node:http'

/** An upstream that answers as the test says, and notes calls and connections. */
export async function startUpstream() {
  const upstream = { calls: [], connections: 0, answer: doubled }
  const server = createServer(async (request, response) => {
    upstream.calls.push(request.url)
    const [, , key, call] = request.url.split('/')
    const [status, body] = await upstream.answer(Number(key), Number(call))
    response.writeHead(status, { 'content-type': 'application/json' }).end(body)
  })
  server.on('connection', () => upstream.connections++)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')

  upstream.url = `http://127.0.0.1:${server.address().port}`
  upstream.stop = async () => {
    server.close()
    server.closeAllConnections()
    await once(server, 'close')
  }
  return upstream
}

export function doubled(key, call) {
  return [200, JSON.stringify({ value: 2 * key + call })]
}
