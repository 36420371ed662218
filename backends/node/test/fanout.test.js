import assert from 'node:assert/strict'
import { after, beforeEach, test } from 'node:test'
import { openApp } from './support/app.js'
import { assertProblem } from './support/assert-problem.js'
import { doubled, startUpstream } from './support/upstream.js'

const upstream = await startUpstream()
const app = await openApp({ cores: 1, upstreamUrl: upstream.url })
after(async () => {
  await app.close()
  await upstream.stop()
})
beforeEach(() => Object.assign(upstream, { answer: doubled, calls: [] }))

async function fanOut(query, from = app) {
  const response = await from.inject(`/fanout?${query}`)
  assert.equal(response.statusCode, 200)
  return response.json()
}

test('the answers come in the order of the calls', async () => {
  upstream.answer = async (key, call) => {
    await new Promise((resolve) => setTimeout(resolve, 30 - 10 * call))
    return doubled(key, call)
  }
  assert.deepEqual(await fanOut('key=21&calls=3'), {
    key: 21,
    partial: false,
    sum: 129,
    results: [
      { call: 0, value: 42 },
      { call: 1, value: 43 },
      { call: 2, value: 44 },
    ],
  })
  assert.deepEqual(upstream.calls.sort(), ['/values/21/0', '/values/21/1', '/values/21/2'])
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
  const oneOfMany = await openApp({ cores: 256, upstreamUrl: `${upstream.url}/` })
  for (let round = 0; round < 2; round++) {
    assert.equal((await fanOut('key=1&calls=32', oneOfMany)).partial, false)
  }
  assert.equal(upstream.connections, 16)
  await oneOfMany.close()
})

test('eight calls are made where none are asked', async () => {
  assert.equal((await fanOut('key=9007199254740991&CALLS=1')).results.length, 8)
})

test('a call that went wrong is marked, and nothing is asked twice', async () => {
  const wrongs = [
    [503, '{"value":1}'],
    [302, '{"value":1}'],
    [200, ''],
    [200, '<html>'],
    [200, 'null'],
    [200, '[1]'],
    [200, '{"value":"1"}'],
    [200, '{"value":true}'],
    [200, '{"value":1.5}'],
    [200, `{"value":1${' '.repeat(100_000)}}`],
  ]
  for (const wrong of wrongs) {
    upstream.calls = []
    upstream.answer = (key, call) => (call === 1 ? wrong : doubled(key, call))
    assert.deepEqual(await fanOut('key=1&calls=3'), {
      key: 1,
      partial: true,
      sum: 6,
      results: [
        { call: 0, value: 2 },
        { call: 1, value: null },
        { call: 2, value: 4 },
      ],
    })
    assert.equal(upstream.calls.length, 3)
  }
})

test('a call is given up after two seconds', async () => {
  upstream.answer = (key, call) => (call === 0 ? new Promise(() => {}) : doubled(key, call))
  const started = performance.now()
  const { results } = await fanOut('key=1&calls=2')
  const tookMs = performance.now() - started
  assert.deepEqual(results, [
    { call: 0, value: null },
    { call: 1, value: 3 },
  ])
  assert.ok(tookMs > 1_500 && tookMs < 8_000, `${tookMs} ms`)
})

test('an upstream that is down gives no values', async () => {
  const gone = await startUpstream()
  await gone.stop()
  const alone = await openApp({ cores: 1, upstreamUrl: gone.url })
  const results = [{ call: 0, value: null }]
  assert.deepEqual(await fanOut('key=1&calls=1', alone), { key: 1, partial: true, sum: 0, results })
  await alone.close()
})

test('parameters out of range are refused', async () => {
  const queries = ['', 'calls=8', 'key=', 'key=-1', 'key=9007199254740992', 'key=1.0', 'key=1&calls=0']
  for (const query of [...queries, 'key=1&calls=65', 'key=1&calls=0x8']) {
    await assertProblem(app, 422, `/fanout?${query}`)
  }
})

test('without an upstream the fan-out is unavailable', async () => {
  const alone = await openApp({ cores: 1 })
  await assertProblem(alone, 503, '/fanout?key=1')
  await assertProblem(alone, 422, '/fanout')
  assert.equal((await alone.inject('/items/1')).statusCode, 200)
  await alone.close()
})
