import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, test } from 'node:test'
import { openApp } from './support/app.js'
import { assertProblem } from './support/assert-problem.js'

const FOLDER = `${process.env.CONTRACT_FOLDER ?? new URL('../../contract', import.meta.url).pathname}/model`

const app = await openApp({ cores: 1, modelFile: `${FOLDER}/trees.onnx` })
after(() => app.close())

const post = (payload, headers = { 'content-type': 'application/json' }) => ({
  method: 'POST',
  url: '/inference',
  headers,
  payload,
})
const ones = (count) => new Array(count).fill(1)

test('rows get the scores that the trainer gave them', async () => {
  const { rows, scores } = JSON.parse(readFileSync(`${FOLDER}/cases.json`, 'utf8'))
  const response = await app.inject(post({ features: rows.flat() }))
  assert.equal(response.statusCode, 200)
  const came = response.json().scores
  assert.equal(came.length, scores.length)
  came.forEach((score, row) => assert.ok(Math.abs(score - scores[row]) < 1e-5, `row ${row}: ${score}`))
})

test('what are no rows is refused', async () => {
  const wrong = [
    [],
    ones(15),
    ones(17),
    ones(16 * 8193),
    [...ones(15), null],
    [...ones(15), 1e7],
    [...ones(15), '1'],
    1,
  ]
  for (const features of wrong) await assertProblem(app, 422, post({ features }))
  await assertProblem(app, 422, post({}))
  await assertProblem(app, 400, post('{'))
  await assertProblem(app, 415, post('{', { 'content-type': 'text/plain' }))
})

test('8192 rows are taken', async () => {
  const response = await app.inject(post({ features: ones(16 * 8192) }))
  assert.equal(response.json().scores.length, 8192)
})

test('without a model there are no scores', async () => {
  const without = await openApp({ cores: 1 })
  await assertProblem(without, 503, post({ features: ones(16) }))
  await without.close()
})
