import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { test } from 'node:test'
import { Patience } from '../src/process/patience.js'

const IDLE_MS = 1_500
const REQUEST_MS = 300

async function started() {
  const timeouts = { headersTimeout: REQUEST_MS, requestTimeout: REQUEST_MS, connectionsCheckingInterval: 50 }
  const server = createServer(timeouts, (request, response) => {
    request.resume().on('end', () => response.end('served'))
  })
  const patience = new Patience(server, IDLE_MS)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { server, patience, port: server.address().port }
}

async function opened(port) {
  const socket = connect(port, '127.0.0.1')
  socket.setEncoding('utf8')
  await once(socket, 'connect')
  return socket
}

test('a connection is served though it says nothing for longer than a request may take', async () => {
  const { server, port } = await started()
  const socket = await opened(port)
  await new Promise((resolve) => setTimeout(resolve, 3 * REQUEST_MS))
  for (let i = 0; i < 2; i++) {
    socket.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nab')
    assert.match(String(await once(socket, 'data')), /served/)
  }
  socket.destroy()
  server.close()
})

test('a request that does not come whole in time costs its connection', async () => {
  const { server, port } = await started()
  for (const part of ['GET / HTTP/1.1\r\nHo', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\na']) {
    const socket = await opened(port)
    socket.write(part)
    assert.match(String(await once(socket, 'data')), /^HTTP\/1.1 408 /)
    await once(socket, 'close')
  }
  server.close()
})

test('a connection that never says anything is closed when its time is over, or when the service stops', async () => {
  const { server, patience, port } = await started()
  await once((await opened(port)).resume(), 'close')
  const socket = (await opened(port)).resume()
  patience.end()
  await once(socket, 'close')
  server.close()
  await once(server, 'close')
})
