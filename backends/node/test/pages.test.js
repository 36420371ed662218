import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { openApp } from './support/app.js'
import { assertProblem } from './support/assert-problem.js'

const app = await openApp({ cores: 1 })
after(() => app.close())

test('a page shows its items as people read them', async () => {
  const shown = await app.inject('/pages/items')
  assert.equal(shown.statusCode, 200)
  assert.equal(shown.headers['content-type'], 'text/html; charset=utf-8')
  for (const part of [
    '<h1>Items after 0</h1>',
    '<tr><td>1</td><td><a href="/items/1" title="kodi difece">kodi difece</a></td><td>134.73</td><td>220</td>',
    '<td><ul><li>new</li><li>sale</li><li>eco</li><li>bulk</li></ul></td></tr>',
    'href="/pages/items?limit=20&amp;after=20"',
  ]) {
    assert.ok(shown.body.includes(part), `${part} is not in ${shown.body}`)
  }
  assert.equal(shown.body.split('<td><a').length - 1, 20)
})

test('what looks like HTML is escaped, and the last page leads nowhere', async () => {
  const payload = { name: '<b>"x" & \'y\'', price_cents: 1305, tags: ['</ul>', '</ul>'] }
  const headers = { 'content-type': 'application/json' }
  await app.inject({ method: 'POST', url: '/items', headers, payload })
  const { body } = await app.inject('/pages/items?after=10000&limit=2')
  assert.ok(body.includes('>&lt;b&gt;&quot;x&quot; &amp; &#x27;y&#x27;</a>'), body)
  assert.ok(body.includes('<td>13.05</td><td>sold out</td>'), body)
  assert.ok(body.includes('<li>&lt;/ul&gt;</li><li>&lt;/ul&gt;</li>'), body)
  assert.ok(!body.includes('rel="next"'), body)
})

test('limit and after are those of a page of items', async () => {
  for (const query of ['limit=0', 'limit=1001', 'after=-1', 'after=x']) {
    await assertProblem(app, 422, { method: 'GET', url: `/pages/items?${query}` })
  }
})
