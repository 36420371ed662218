import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, get } from 'node:http'
import { Writable } from 'node:stream'
import { test } from 'node:test'
import { Clock } from '../src/domain/events/clock.js'
import { Events } from '../src/domain/events/events.js'
import { Subscribers } from '../src/domain/events/subscribers.js'
import { openApp } from './support/app.js'

const eventOf = (second) => `id: ${second}\ndata: {"second":${second}}\n\n`
const nextSecond = () => Math.floor(Date.now() / 1_000) + 1

async function subscribed({ server }) {
  const request = get({ port: server.address().port, path: '/events', agent: false })
  const [response] = await once(request, 'response')
  assert.equal(response.statusCode, 200)
  assert.equal(response.headers['content-type'], 'text/event-stream')
  assert.equal(response.headers['cache-control'], 'no-store')
  response.setEncoding('utf8')
  return response
}

async function read(stream, length) {
  let text = ''
  while (text.length < length) text += stream.read() ?? (await once(stream, 'readable'), '')
  return text
}

test('a stream has its head at once, and ends as a whole one when the service stops', async () => {
  const app = await openApp({ cores: 1 })
  const stream = await subscribed(app)
  const closing = app.close()
  stream.resume()
  await once(stream, 'end') // not an error, as where it is cut
  assert.ok(stream.complete)
  await closing
})

test('every stream has every second in order', async () => {
  const subscribers = new Subscribers()
  const events = new Events(subscribers)
  const server = createServer((_request, response) => events.stream(response)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const streams = [await subscribed({ server }), await subscribed({ server })]
  const far = nextSecond() + 1_000 // so that the clock has no part in it
  for (const second of [far, far + 1, far + 2]) subscribers.publish(second)
  const all = eventOf(far) + eventOf(far + 1) + eventOf(far + 2)
  for (const stream of streams) {
    const text = await read(stream, all.length)
    assert.equal(text.slice(text.indexOf(eventOf(far))), all)
  }
  events.end()
  server.close()
})

test('a HEAD has an end', async () => {
  const app = await openApp({ cores: 1 })
  const { statusCode } = await app.inject({ method: 'HEAD', url: '/events' })
  assert.ok([404, 405].includes(statusCode), `${statusCode}`)
  await app.close()
})

test('a stream is subscribed before its head is sent, so that no second begins between the two', () => {
  const calls = []
  const call = (name) => () => calls.push(name)
  const events = new Events({ add: call('add'), publish: call('publish'), end() {} })
  events.stream({ writeHead: call('writeHead'), flushHeaders: call('flushHeaders') })
  events.end()
  assert.deepEqual(calls, ['writeHead', 'add', 'flushHeaders'])
})

/** A response whose client takes what it is given, or nothing. */
class FakeResponse extends Writable {
  written = []
  kept = 0

  constructor(takes) {
    super({
      write: (chunk, _encoding, done) => {
        this.written.push(String(chunk))
        if (takes) done()
      },
    })
  }

  write(chunk) {
    const result = super.write(chunk)
    this.kept = Math.max(this.kept, this.writableLength)
    return result
  }
}

test('a subscriber that takes nothing is cut before much waits for it, and nobody else', () => {
  const subscribers = new Subscribers()
  const [taking, silent] = [new FakeResponse(true), new FakeResponse(false)]
  const first = nextSecond()
  const seconds = Array.from({ length: 2_000 }, (_, i) => first + i)
  subscribers.add(taking)
  subscribers.add(silent)
  for (const second of seconds) subscribers.publish(second)
  assert.ok(silent.destroyed)
  assert.ok(silent.kept > 0 && silent.kept <= 64 * 1024, `${silent.kept} bytes`)
  assert.ok(!taking.destroyed)
  assert.deepEqual(taking.written, seconds.map(eventOf))
})

test('a second that had begun is not for a late subscriber, and none for one that has gone', async () => {
  const subscribers = new Subscribers()
  const [late, gone] = [new FakeResponse(true), new FakeResponse(true)]
  subscribers.add(gone)
  subscribers.add(late)
  gone.destroy()
  await once(gone, 'close')
  const next = nextSecond()
  for (const second of [next - 2, next - 1, next]) subscribers.publish(second)
  assert.ok(!late.written.includes(eventOf(next - 2)))
  assert.ok(late.written.includes(eventOf(next)))
  assert.deepEqual(gone.written, [])
  subscribers.end()
  assert.ok(late.writableEnded)

  const tooLate = new FakeResponse(true)
  subscribers.add(tooLate)
  assert.ok(tooLate.writableEnded)
})

test('the clock tells of each second when it has begun', (context) => {
  const { timers } = context.mock
  timers.enable({ apis: ['setTimeout', 'Date'], now: 1_000_300 })
  const told = []
  const clock = new Clock((second) => told.push([second, Date.now()]))
  timers.tick(699)
  assert.deepEqual(told, [])
  for (let passed = 0; passed < 2_001; passed++) timers.tick(1)
  assert.deepEqual(told, [
    [1_001, 1_001_000],
    [1_002, 1_002_000],
    [1_003, 1_003_000],
  ])
  clock.stop()
  timers.tick(5_000)
  assert.equal(told.length, 3)
})

test('a clock that is early waits, and one that was late tells of all that it missed', (context) => {
  const { timers } = context.mock
  let now = 1_000_300
  timers.enable({ apis: ['setTimeout'] })
  context.mock.method(Date, 'now', () => now)
  const told = []
  const clock = new Clock((second) => told.push(second))
  now = 1_000_999
  timers.tick(700)
  assert.deepEqual(told, [])
  now = 1_001_000
  timers.tick(1)
  assert.deepEqual(told, [1_001])
  now = 1_004_100
  timers.tick(1_000)
  assert.deepEqual(told, [1_001, 1_002, 1_003, 1_004])
  clock.stop()
})
