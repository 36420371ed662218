import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { Distance, codePointsOf } from '../src/distance.js'
import { summarize } from '../src/summary.js'
import { run } from './support/running.js'

const MIB = 1024 * 1024

const service = await run()
after(() => service.stop())
const { ask, refuses } = service

function assertNear(actual, expected, tolerance = 1e-9) {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not near ${expected}`)
}

function ones(...places) {
  return Array.from({ length: 20 }, (_, bin) => (places.includes(bin) ? 1 : 0))
}

test('a series is summarised', async () => {
  const { status, json } = await ask('POST', '/series/summary', { values: [4, 1, 3, 2.0, 10] })
  const { stdev, p95, p99, ...exact } = json
  assert.equal(status, 200)
  assert.deepEqual(exact, { count: 5, mean: 4, min: 1, max: 10, p50: 3, histogram: ones(0, 2, 4, 6, 19) })
  assertNear(stdev, Math.sqrt(10))
  assertNear(p95, 8.8)
  assertNear(p99, 9.76)
})

test('equal numbers are in the first bin, and the ends of any range in the outer ones', () => {
  for (const value of [0, -1e9, 0.1]) {
    const { histogram, min, max, p99, stdev } = summarize(new Array(1000).fill(value))
    assert.deepEqual(histogram, [1000, ...new Array(19).fill(0)])
    assert.deepEqual([min, max, p99], [value, value, value])
    assertNear(stdev, 0)
  }
  assert.deepEqual(summarize([0, 5e-324]).histogram, ones(0, 19))
  assert.deepEqual(summarize([1e9 - 1.2e-7, 1e9]).histogram, ones(0, 19))
  assert.deepEqual(summarize([1e9, -1e9]).histogram, ones(0, 19))
})

test('mean and stdev are stable far from zero', () => {
  const { mean, stdev } = summarize(Array.from({ length: 180_000 }, (_, i) => 1e9 - (i % 3)))
  assertNear(mean, 1e9 - 1, 1e-6)
  assertNear(stdev, Math.sqrt(2 / 3), 1e-6)
})

test('what is not a series is refused', async () => {
  const bodies = [
    '{}',
    'null',
    '{"values":[]}',
    '{"values":1}',
    '{"values":[1,null]}',
    '{"values":[true]}',
    '{"values":["1"]}',
    '{"values":[[1]]}',
    '{"values":[1000000000.1]}',
    '{"values":[1e400]}',
    '{"values":[1],"more":1}',
    JSON.stringify({ values: new Array(200_001).fill(0) }),
  ]
  for (const body of bodies) await refuses(422, 'POST', '/series/summary', body)
  await refuses(415, 'POST', '/series/summary', '{', { 'content-type': 'text/plain' })
  await refuses(400, 'POST', '/series/summary', '{"values":[NaN]}')
})

test('a body of 8 MiB is taken and a longer one is not, but its connection is kept', async () => {
  const body = `{"values":[${new Array(200_000).fill('1234567.8901234567890').join()}]}`.padEnd(8 * MIB)
  assert.equal((await ask('POST', '/series/summary', body)).json.count, 200_000)
  await refuses(413, 'POST', '/series/summary', `${body} `)
  await refuses(413, 'POST', '/items', body)
})

// By the definition: from the ends of both texts backwards, without a table.
function distanceByDefinition(from, to) {
  if (from.length === 0 || to.length === 0) return from.length + to.length
  const [first, ...rest] = from
  const [wanted, ...others] = to
  const same = first === wanted ? 0 : 1
  return Math.min(
    distanceByDefinition(rest, others) + same,
    distanceByDefinition(rest, to) + 1,
    distanceByDefinition(from, others) + 1,
  )
}

test('the distance is the one of the definition', () => {
  const texts = ['', 'a', 'ab', 'ba', '🫖', 'a🫖b', 'abé', 'kodi', 'b🫖éa', 'éééé'].map(codePointsOf)
  for (const from of texts) {
    const distance = new Distance(from)
    for (const to of texts) assert.equal(distance.to(to), distanceByDefinition(from, to))
  }
})

test('the ten nearest come by distance and then by id', async () => {
  const search = async (text) => (await ask('GET', `/items/search?q=${encodeURIComponent(text)}`)).json.items
  const found = await search('kodi difece')
  assert.deepEqual(found[0], { id: 1, name: 'kodi difece', distance: 0 })
  assert.equal(found.length, 10)
  const inOrder = [...found].sort((a, b) => a.distance - b.distance || a.id - b.id)
  assert.deepEqual(found, inOrder)
  const far = await search('🫖'.repeat(64))
  assert.deepEqual(
    far.map(({ id, distance }) => [id, distance]),
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((id) => [id, 64]),
  )

  const name = '日本 🫖 +&%'
  const { headers, json } = await ask('POST', '/items', { name, price_cents: 1 })
  assert.deepEqual((await search(name))[0], { id: json.id, name, distance: 0 })
  await ask('DELETE', headers.get('location'))
  assert.notEqual((await search(name))[0].id, json.id)
})

test('other requests are answered while searches are under way', async () => {
  const searches = Array.from({ length: 8 }, () => ask('GET', `/items/search?q=${'x'.repeat(64)}`))
  let searching = true
  const done = Promise.all(searches).then(() => (searching = false))
  assert.equal((await ask('GET', '/healthz')).status, 200)
  assert.equal(searching, true)
  await done
})

test('a search needs a text of 1 to 64 code points', async () => {
  for (const query of [
    '',
    '?q=',
    '?Q=a',
    `?q=${'a'.repeat(65)}`,
    `?q=${encodeURIComponent('🫖'.repeat(65))}`,
  ]) {
    await refuses(422, 'GET', `/items/search${query}`)
  }
})
