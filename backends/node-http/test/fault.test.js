import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { run } from './support/running.js'

const faulty = await run({ faults: true })
after(() => faulty.stop())

// What ends the process is tried by twofold verify.
test('faults are there only where they are asked for', async () => {
  const plain = await run()
  await plain.refuses(404, 'POST', '/fault?kind=panic')
  await plain.stop()
})

test('another kind is refused', async () => {
  for (const query of ['', '?kind=', '?kind=sleep']) await faulty.refuses(422, 'POST', `/fault${query}`)
})

test('an exception costs its request and no other', async () => {
  for (const kind of ['panic', 'stack']) {
    assert.equal((await faulty.ask('POST', `/fault?kind=${kind}`)).status, 500)
  }
  assert.equal((await faulty.ask('GET', '/items/1')).status, 200)
})
