import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { openApp } from '../src/fastify/app.js'

const app = await openApp({ cores: 1, shed: 1 })
after(() => app.close())

test('a request above the most that may be under way is refused, and health is not', async () => {
  const search = () => app.inject('/items/search?q=kodi')
  const [first, second] = await Promise.all([search(), search()])
  assert.deepEqual([first.statusCode, second.statusCode].sort(), [200, 503])
  const refused = first.statusCode === 503 ? first : second
  assert.equal(refused.headers['retry-after'], '1')
  assert.match(refused.headers['content-type'], /^application\/problem\+json/)

  const [, healthy] = await Promise.all([search(), app.inject('/healthz')])
  assert.equal(healthy.statusCode, 200)
  assert.equal((await search()).statusCode, 200, 'when the others are done')
})

test('requests are refused while the event loop is late', async () => {
  const until = performance.now() + 600
  let refused = 0
  while (performance.now() < until && refused === 0) {
    const busyUntil = performance.now() + 60
    while (performance.now() < busyUntil);
    await new Promise((resolve) => setTimeout(resolve, 0))
    refused += (await app.inject('/items/1')).statusCode === 503
  }
  assert.equal(refused, 1)
})

test('streams are not requests under way', async () => {
  const streaming = await openApp({ cores: 1, shed: 1 })
  await streaming.listen({ port: 0, host: '127.0.0.1' })
  const events = `http://127.0.0.1:${streaming.server.address().port}/events`
  for (let i = 0; i < 3; i++) assert.equal((await fetch(events)).status, 200)
  assert.equal((await streaming.inject('/items/1')).statusCode, 200)
  await streaming.close()
})
