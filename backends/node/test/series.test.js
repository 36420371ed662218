import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { openApp } from './support/app.js'
import { summarize } from '../src/domain/series/summary.js'
import { assertProblem } from './support/assert-problem.js'

const MIB = 1024 * 1024

const app = await openApp({ cores: 1 })
after(() => app.close())

const post = (payload, headers = { 'content-type': 'application/json' }) => ({
  method: 'POST',
  url: '/series/summary',
  headers,
  payload,
})

function assertNear(actual, expected, tolerance = 1e-9) {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not near ${expected}`)
}

function ones(...places) {
  return Array.from({ length: 20 }, (_, bin) => (places.includes(bin) ? 1 : 0))
}

test('a series is summarised', async () => {
  const response = await app.inject(post({ values: [4, 1, 3, 2.0, 10] }))
  assert.equal(response.statusCode, 200)
  const { stdev, p95, p99, ...exact } = response.json()
  assert.deepEqual(exact, { count: 5, mean: 4, min: 1, max: 10, p50: 3, histogram: ones(0, 2, 4, 6, 19) })
  assertNear(stdev, Math.sqrt(10))
  assertNear(p95, 8.8)
  assertNear(p99, 9.76)
})

test('equal numbers are all in the first bin', () => {
  for (const value of [0, -1e9, 0.1]) {
    const { histogram, min, max, p99, stdev } = summarize(new Array(1000).fill(value))
    assert.deepEqual(histogram, [1000, ...new Array(19).fill(0)])
    assert.deepEqual([min, max, p99], [value, value, value])
    assertNear(stdev, 0)
  }
})

test('a range of any width has its ends in the outer bins', () => {
  for (const ends of [
    [0, 5e-324],
    [1e9 - 1.2e-7, 1e9],
    [1e9, -1e9],
  ]) {
    assert.deepEqual(summarize(ends).histogram, ones(0, 19))
  }
})

test('mean and stdev are stable far from zero', () => {
  const values = Array.from({ length: 180_000 }, (_, i) => 1e9 - (i % 3))
  const { mean, stdev } = summarize(values)
  assertNear(mean, 1e9 - 1, 1e-6)
  assertNear(stdev, Math.sqrt(2 / 3), 1e-6)
})

test('what is not a series is refused', async () => {
  const bodies = [
    '{}',
    '[]',
    'null',
    '{"values":[]}',
    '{"values":null}',
    '{"values":1}',
    '{"values":[1,null]}',
    '{"values":[true]}',
    '{"values":["1"]}',
    '{"values":[[1]]}',
    '{"values":[1000000000.1]}',
    '{"values":[-1000000001]}',
    '{"values":[1e400]}',
    '{"values":[1],"more":1}',
    JSON.stringify({ values: new Array(200_001).fill(0) }),
  ]
  for (const body of bodies) await assertProblem(app, 422, post(body))
  await assertProblem(app, 415, post('{', { 'content-type': 'text/plain' }))
  for (const body of ['', '{', '{"values":[NaN]}']) await assertProblem(app, 400, post(body))
})

test('a body of 8 MiB is taken and a longer one is not', async () => {
  const values = new Array(200_000).fill('1234567.8901234567890').join()
  const body = `{"values":[${values}]}`.padEnd(8 * MIB)
  const response = await app.inject(post(body))
  assert.equal(response.statusCode, 200)
  assert.equal(response.json().count, 200_000)
  await assertProblem(app, 413, post(`${body} `))
})
