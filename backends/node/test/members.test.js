import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { after, test } from 'node:test'
import { openApp } from './support/app.js'
import { assertProblem } from './support/assert-problem.js'

const FOLDER = `${process.env.CONTRACT_FOLDER ?? new URL('../../contract', import.meta.url).pathname}/accounts`
const KEY = '0123456789abcdef0123456789abcdef'
const GOOD = { name: 'member-1', password: 'kodi difece!' }

const app = await openApp({ cores: 1, accountsFile: `${FOLDER}/members.json`, tokenKey: KEY })
after(() => app.close())

const post = (payload) => ({
  method: 'POST',
  url: '/login',
  headers: { 'content-type': 'application/json' },
  payload,
})
const get = (id, authorization) => ({
  method: 'GET',
  url: `/members/items/${id}`,
  headers: authorization === undefined ? {} : { authorization },
})

// By hand, so that the library is not asked about itself.
function tokenWith({ alg = 'HS256', key = KEY, ...claims } = {}) {
  const now = Math.floor(Date.now() / 1000)
  const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const signed = `${encode({ alg, typ: 'JWT' })}.${encode({ sub: 'member-1', iat: now, exp: now + 60, ...claims })}`
  const signature = alg === 'none' ? '' : createHmac('sha256', key).update(signed).digest('base64url')
  return `${signed}.${signature}`
}

test('who logs in reads with the token', async () => {
  const response = await app.inject(post(GOOD))
  assert.equal(response.statusCode, 200)
  const { token } = response.json()
  const { sub, iat, exp } = JSON.parse(Buffer.from(token.split('.')[1], 'base64url'))
  assert.equal(sub, 'member-1')
  assert.equal(exp - iat, 3600)
  assert.equal(tokenWith({ sub, iat, exp }).length, token.length)
  assert.equal((await app.inject(get(1, `Bearer ${token}`))).json().name, 'kodi difece')
  await assertProblem(app, 404, get(10001, `Bearer ${token}`))
  await assertProblem(app, 422, get('x', `Bearer ${token}`))
})

test('another name or password gets no token', async () => {
  for (const change of [{ password: 'kodi difece' }, { name: 'member-65' }, { name: 'x' }]) {
    await assertProblem(app, 401, post({ ...GOOD, ...change }))
  }
})

test('what is no login is refused', async () => {
  for (const body of [{}, { name: 'x' }, { ...GOOD, more: 1 }, { ...GOOD, password: '' }, []]) {
    await assertProblem(app, 422, post(body))
  }
})

test('tokens that are not good open nothing', async () => {
  const now = Math.floor(Date.now() / 1000)
  assert.equal((await app.inject(get(1, `Bearer ${tokenWith()}`))).statusCode, 200)
  const wrong = [
    'Bearer x',
    `Bearer ${tokenWith({ key: 'another' })}`,
    `Bearer ${tokenWith({ alg: 'none' })}`,
    `Bearer ${tokenWith({ exp: now - 60 })}`,
    `Bearer ${tokenWith({ exp: undefined })}`,
    tokenWith(),
    undefined,
  ]
  for (const authorization of wrong) {
    await assertProblem(app, 401, get('x', authorization))
    const { headers } = await app.inject(get('x', authorization))
    assert.equal(headers['www-authenticate'], 'Bearer')
  }
})

test('without accounts nobody logs in', async () => {
  const without = await openApp({ cores: 1 })
  await assertProblem(without, 503, post(GOOD))
  await assertProblem(without, 503, get(1, `Bearer ${tokenWith()}`))
  await without.close()
})
