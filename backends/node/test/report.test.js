import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { openApp } from './support/app.js'
import { assertProblem } from './support/assert-problem.js'

const ROWS = 20_000

const app = await openApp({ cores: 1, tableRows: ROWS })
after(() => app.close())

const get = (rows) => ({ method: 'GET', url: `/report?rows=${rows}` })

// The contract's rule once more, in integers of any size.
function mix(number) {
  const cut = (value) => BigInt.asUintN(32, value)
  let h = cut(number)
  h ^= h >> 16n
  h = cut(h * 0x85ebca6bn)
  h ^= h >> 13n
  h = cut(h * 0xc2b2ae35n)
  return Number(h ^ (h >> 16n))
}

function rowOf(id) {
  const column = (number) => mix(BigInt(id) + BigInt(number) * 0x9e3779b9n)
  const terms = Array.from({ length: 16 }, (_, term) => (term === 0 ? 1 : column(term) % 1000))
  const explained = terms.reduce((sum, value, term) => sum + term * value, 0)
  return { region: mix(BigInt(id)) % 24, terms, cents: 5000 + (column(16) % 2000) + explained }
}

const table = Array.from({ length: ROWS }, (_, index) => rowOf(index + 1))

test('groups are those of the first rows', async () => {
  const { rows, groups } = (await app.inject(get(1500))).json()
  assert.equal(rows, 1500)
  const expected = Array.from({ length: 24 }, (_, region) => {
    const amounts = table.slice(0, 1500).flatMap((row) => (row.region === region ? [row.cents] : []))
    const total = amounts.reduce((sum, amount) => sum + amount, 0)
    return {
      region,
      count: amounts.length,
      total_cents: total,
      mean_cents: total / amounts.length,
      most_cents: Math.max(...amounts),
    }
  })
  assert.deepEqual(groups, expected)
})

test('coefficients leave nothing that a term explains', async () => {
  const { coefficients } = (await app.inject(get(ROWS))).json()
  const left = new Float64Array(16)
  for (const { terms, cents } of table) {
    const rest = terms.reduce((sum, value, term) => sum - value * coefficients[term], cents)
    terms.forEach((value, term) => (left[term] += (value * rest) / ROWS))
  }
  for (const rest of left) assert.ok(Math.abs(rest) < 1e-3, `${rest} is left`)
})

test('rows are from 1000 to all', async () => {
  for (const rows of ['', 'x', '999', '-1', '1e3', ROWS + 1, '99999999999999999999']) {
    await assertProblem(app, 422, get(rows))
  }
  await assertProblem(app, 422, { method: 'GET', url: '/report' })
})

test('without a table there is no report', async () => {
  const without = await openApp({ cores: 1 })
  await assertProblem(without, 503, get(1000))
  await without.close()
})
