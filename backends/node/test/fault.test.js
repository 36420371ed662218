import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { openApp } from './support/app.js'
import { assertProblem } from './support/assert-problem.js'

const faulty = await openApp({ cores: 1, faults: true })
after(() => faulty.close())
const fail = (kind) => ({ method: 'POST', url: `/fault?kind=${kind}` })

// What ends the process is tried by twofold verify.
test('faults are there only where they are asked for', async () => {
  const plain = await openApp({ cores: 1 })
  await assertProblem(plain, 404, fail('panic'))
  await plain.close()
})

test('another kind is refused', async () => {
  for (const kind of ['', 'sleep']) await assertProblem(faulty, 422, fail(kind))
  await assertProblem(faulty, 422, { method: 'POST', url: '/fault' })
})

test('an exception costs its request and no other', async () => {
  for (const kind of ['panic', 'stack']) assert.equal((await faulty.inject(fail(kind))).statusCode, 500)
  assert.equal((await faulty.inject('/items/1')).statusCode, 200)
})
