import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { distance } from 'fastest-levenshtein'
import { openApp } from './support/app.js'
import { distanceOf } from '../src/domain/catalog/native-search.js'
import { codePointsOf, editDistanceTo } from '../src/domain/catalog/search.js'
import { assertProblem } from './support/assert-problem.js'

const app = await openApp({ cores: 1 })
after(() => app.close())

const get = (query) => ({ method: 'GET', url: `/items/search-native${query}` })

test('distances are those of the textbook, in code points', () => {
  const alphabet = ['a', 'b', ' ', 'é', '🦊', '😀', '\0']
  let state = 1
  const draw = (below) => {
    state = (state * 48271) % 2147483647
    return state % below
  }
  const text = () => Array.from({ length: 1 + draw(40) }, () => alphabet[draw(alphabet.length)]).join('')
  const native = distanceOf(distance)
  for (let i = 0; i < 500; i++) {
    const [a, b] = [text(), text()]
    assert.equal(native(a, b), editDistanceTo(codePointsOf(a))(codePointsOf(b)), `${a} and ${b}`)
  }
})

test('the nearest items are answered', async () => {
  const { items } = (await app.inject(get('?q=kodi%20difese'))).json()
  assert.equal(items.length, 10)
  assert.deepEqual(items[0], { id: 1, name: 'kodi difece', distance: 1 })
  assert.deepEqual(items, (await app.inject({ url: '/items/search?q=kodi%20difese' })).json().items)
})

test('a query of another length is refused', async () => {
  for (const query of ['', '?q=', `?q=${'x'.repeat(65)}`]) await assertProblem(app, 422, get(query))
})
