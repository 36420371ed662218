import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import http from 'node:http'
import net from 'node:net'
import { test } from 'node:test'

const LAYER = process.env.LAYER ?? 'fastify'
const MAIN = new URL(`../src/${LAYER}/main.js`, import.meta.url).pathname
// What starts the service, where it is not this Node: words between blanks.
const [PROGRAM, ...ARGUMENTS] = process.env.START?.split(' ') ?? [process.execPath, MAIN]

async function freePort() {
  const probe = net.createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address()
  probe.close()
  await once(probe, 'close')
  return port
}

async function start(cores) {
  const port = await freePort()
  const env = { PATH: process.env.PATH, HOST: '127.0.0.1', PORT: String(port), CORES: String(cores) }
  const child = spawn(PROGRAM, ARGUMENTS, { env, stdio: ['ignore', 'ignore', 'pipe'] })
  let told = ''
  child.stderr.on('data', (chunk) => (told += chunk))
  const ended = once(child, 'exit')
  const url = `http://127.0.0.1:${port}`
  while (!(await fetch(`${url}/healthz`).catch(() => undefined))?.ok) {
    assert.equal(child.exitCode, null, told)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return { child, port, url, ended, told: () => told }
}

for (const cores of [1, 2]) {
  test(`with ${cores} process(es), what was asked is answered before the end`, async () => {
    const { child, port, ended, told } = await start(cores)
    const agent = new http.Agent({ keepAlive: true })
    const request = http.request({ port, host: '127.0.0.1', agent, method: 'POST', path: '/items' })
    request.setHeader('content-type', 'application/json')
    request.write('{"name":"n",')
    // The service has this half of the request once it has answered another one on a later connection.
    await fetch(`http://127.0.0.1:${port}/healthz`)
    child.kill('SIGTERM')
    await new Promise((resolve) => setTimeout(resolve, 300))
    request.end('"price_cents":1}')
    const [response] = await once(request, 'response')
    assert.equal(response.statusCode, 201)
    // Fastify says it to requests that come while it stops, and not to those that it has.
    if (LAYER !== 'fastify') assert.equal(response.headers.connection, 'close')
    response.resume()

    assert.deepEqual(await ended, [0, null])
    assert.equal(told(), '')
    agent.destroy()
  })
}

test('a client that goes away in the middle of its request is nobody’s error', async () => {
  const { child, port, url, ended, told } = await start(1)
  for (let i = 0; i < 5; i++) {
    const socket = net.connect(port, '127.0.0.1')
    await once(socket, 'connect')
    socket.write(
      'POST /items HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n{"na',
    )
    await fetch(`${url}/healthz`)
    socket.resetAndDestroy()
  }
  assert.equal((await fetch(`${url}/healthz`)).status, 200)
  child.kill('SIGTERM')
  assert.deepEqual(await ended, [0, null])
  assert.equal(told(), '')
})

test('a port that is taken ends the service', async () => {
  const taken = net.createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  for (const CORES of ['1', '2']) {
    const env = { PATH: process.env.PATH, HOST: '127.0.0.1', PORT: String(taken.address().port), CORES }
    const child = spawn(PROGRAM, ARGUMENTS, { env, stdio: 'ignore' })
    assert.deepEqual(await once(child, 'exit'), [1, null])
  }
  taken.close()
})

test('an environment that makes no sense is told and ends the service', async () => {
  for (const wrong of [{ PORT: '99999' }, { CORES: '0' }, { DATABASE_URL: 'nowhere' }]) {
    const env = { PATH: process.env.PATH, ...wrong }
    const child = spawn(PROGRAM, ARGUMENTS, { env, stdio: ['ignore', 'ignore', 'pipe'] })
    let told = ''
    child.stderr.on('data', (chunk) => (told += chunk))
    assert.deepEqual(await once(child, 'close'), [1, null])
    assert.match(told, new RegExp(Object.keys(wrong)[0]))
  }
})
