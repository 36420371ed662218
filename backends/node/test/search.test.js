import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { openApp } from './support/app.js'
import { codePointsOf, editDistanceTo } from '../src/domain/catalog/search.js'
import { assertProblem } from './support/assert-problem.js'

const app = await openApp({ cores: 1 })
after(() => app.close())

const searchFor = (text) => `/items/search?q=${encodeURIComponent(text)}`

async function search(text) {
  const response = await app.inject(searchFor(text))
  assert.equal(response.statusCode, 200)
  return response.json().items
}

// By the definition: from the ends of both texts backwards, without a table.
function distanceByDefinition(source, target) {
  if (source.length === 0 || target.length === 0) return source.length + target.length
  const [first, ...rest] = source
  const [wanted, ...others] = target
  if (first === wanted) return distanceByDefinition(rest, others)
  return (
    1 +
    Math.min(
      distanceByDefinition(rest, others),
      distanceByDefinition(rest, target),
      distanceByDefinition(source, others),
    )
  )
}

test('the distance is the one of the definition', () => {
  const texts = ['', 'a', 'ab', 'ba', '🫖', 'a🫖b', 'abé', 'kodi', 'dika', 'b🫖éa', 'éééé']
  for (const target of texts) {
    const distanceFrom = editDistanceTo(codePointsOf(target))
    for (const source of texts) {
      const expected = distanceByDefinition(codePointsOf(source), codePointsOf(target))
      assert.equal(distanceFrom(codePointsOf(source)), expected, `${source} to ${target}`)
    }
  }
})

test('the ten nearest come by distance and then by id', async () => {
  const found = await search('kodi difece')
  assert.deepEqual(found[0], { id: 1, name: 'kodi difece', distance: 0 })
  assert.equal(found.length, 10)
  const inOrder = found.toSorted((a, b) => a.distance - b.distance || a.id - b.id)
  assert.deepEqual(found, inOrder)

  const far = await search('🫖'.repeat(64))
  assert.deepEqual(
    far.map(({ id, distance }) => [id, distance]),
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((id) => [id, 64]),
  )
})

test('a search sees what was created, replaced and deleted', async () => {
  const name = '日本 🫖 +&%'
  const request = { headers: { 'content-type': 'application/json' }, payload: { name, price_cents: 1 } }
  const created = await app.inject({ method: 'POST', url: '/items', ...request })
  const { location } = created.headers
  const { id } = created.json()
  assert.deepEqual((await search(name))[0], { id, name, distance: 0 })

  request.payload.name += '!'
  await app.inject({ method: 'PUT', url: location, ...request })
  assert.deepEqual((await search(name))[0], { id, name: `${name}!`, distance: 1 })

  await app.inject({ method: 'DELETE', url: location })
  assert.notEqual((await search(name))[0].id, id)
})

test('other requests are answered while searches are under way', async () => {
  const searches = Array.from({ length: 5 }, () => search('x'.repeat(64)))
  let searching = true
  const done = Promise.all(searches).then(() => (searching = false))
  assert.equal((await app.inject('/healthz')).statusCode, 200)
  assert.equal(searching, true)
  await done
})

test('a search needs a text of 1 to 64 code points', async () => {
  for (const query of ['', '?q=', '?Q=a', `?q=${'a'.repeat(65)}`]) {
    await assertProblem(app, 422, `/items/search${query}`)
  }
  await assertProblem(app, 422, searchFor('🫖'.repeat(65)))
})
