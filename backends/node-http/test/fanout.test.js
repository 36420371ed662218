import assert from 'node:assert/strict'
import { after, beforeEach, test } from 'node:test'
import { run } from './support/running.js'
import { doubled, startUpstream } from './support/upstream.js'

const upstream = await startUpstream()
const service = await run({ upstreamUrl: upstream.url, cores: 8 })
after(async () => {
  await service.stop()
  await upstream.stop()
})
beforeEach(() => Object.assign(upstream, { answer: doubled, calls: [] }))

const fanOut = async (query, { ask } = service) => (await ask('GET', `/fanout?${query}`)).json
const result = (call, value) => ({ call, value })

test('the answers come in the order of the calls', async () => {
  upstream.answer = async (key, call) => {
    await new Promise((resolve) => setTimeout(resolve, 30 - 10 * call))
    return doubled(key, call)
  }
  const results = [result(0, 42), result(1, 43), result(2, 44)]
  assert.deepEqual(await fanOut('key=21&calls=3'), { key: 21, partial: false, sum: 129, results })
  assert.deepEqual(upstream.calls.sort(), ['/values/21/0', '/values/21/1', '/values/21/2'])
  assert.equal((await fanOut('key=9007199254740991')).results.length, 8)
})

test('the calls of all requests are made at once', async () => {
  // A machine that is busy with other work may take two seconds for 320 calls, which are given up then.
  let whole = false
  for (let turn = 0; turn < 5 && !whole; turn++) {
    let arrived = 0
    let open
    const allAreThere = new Promise((resolve) => (open = resolve))
    upstream.answer = async (key, call) => {
      if (++arrived === 320) open()
      await allAreThere
      return doubled(key, call)
    }
    const all = Array.from({ length: 5 }, (_, key) => fanOut(`key=${key}&calls=64`))
    whole = (await Promise.all(all)).every(({ partial }) => !partial)
    open()
  }
  assert.ok(whole)
})

test('a process keeps its share of the connections, and calls wait for them', async () => {
  upstream.connections = 0
  const oneOfMany = await run({ upstreamUrl: `${upstream.url}/`, cores: 256 })
  for (let round = 0; round < 2; round++) {
    assert.equal((await fanOut('key=0&calls=32', oneOfMany)).partial, false)
  }
  assert.equal(upstream.connections, 16)
  await oneOfMany.stop()
})

test('a call that went wrong is marked, and nothing is asked twice', async () => {
  const wrongs = [
    [503, '{"value":1}'],
    [302, '{"value":1}'],
    [200, ''],
    [200, '<html>'],
    [200, 'null'],
    [200, '{"value":"1"}'],
    [200, '{"value":true}'],
    [200, '{"value":1.5}'],
    [200, `{"value":1${' '.repeat(100_000)}}`],
  ]
  for (const wrong of wrongs) {
    upstream.calls = []
    upstream.answer = (key, call) => (call === 1 ? wrong : doubled(key, call))
    const results = [result(0, 2), result(1, null), result(2, 4)]
    assert.deepEqual(await fanOut('key=1&calls=3'), { key: 1, partial: true, sum: 6, results })
    assert.equal(upstream.calls.length, 3)
  }
})

test('a call is given up after two seconds', async () => {
  upstream.answer = (key, call) => (call === 0 ? new Promise(() => {}) : doubled(key, call))
  const started = performance.now()
  const { results } = await fanOut('key=1&calls=2')
  const tookMs = performance.now() - started
  assert.deepEqual(results, [result(0, null), result(1, 3)])
  assert.ok(tookMs > 1_500 && tookMs < 8_000, `${tookMs} ms`)
})

test('an upstream that is down gives no values', async () => {
  const gone = await startUpstream()
  await gone.stop()
  const alone = await run({ upstreamUrl: gone.url })
  const results = [result(0, null)]
  assert.deepEqual(await fanOut('key=1&calls=1', alone), { key: 1, partial: true, sum: 0, results })
  await alone.stop()
})

test('parameters out of range are refused', async () => {
  const queries = ['', 'calls=8', 'key=', 'key=-1', 'key=9007199254740992', 'key=1.0', 'key=1&calls=0']
  for (const query of [...queries, 'key=1&calls=65', 'key=1&calls=0x8']) {
    await service.refuses(422, 'GET', `/fanout?${query}`)
  }
})

test('without an upstream the fan-out is unavailable, and nothing else', async () => {
  const alone = await run()
  await alone.refuses(503, 'GET', '/fanout?key=1')
  await alone.refuses(422, 'GET', '/fanout')
  assert.equal((await alone.ask('GET', '/items/1')).status, 200)
  await alone.stop()
})
