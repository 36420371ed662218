import assert from 'node:assert/strict'

/** Sends the request to the application, whose answer must be a problem of that status. */
export async function assertProblem(app, status, request) {
  const response = await app.inject(request)
  const { method = 'GET', url = request } = request
  assert.equal(response.statusCode, status, `${method} ${url} ${String(request.payload).slice(0, 200)}`)
  assert.match(response.headers['content-type'], /^application\/problem\+json/)
  const { type, title, status: told, detail } = response.json()
  assert.deepEqual({ type, told }, { type: 'about:blank', told: status })
  assert.ok(title && detail)
}
