import { openDomain } from '../domain/domain.js'
import { PROBLEM_TYPE, documentOf, problemOf } from '../domain/problem.js'
import { PlainApp } from '../plain/app.js'
import { readJson } from './body.js'
import { Reply } from './reply.js'
import { Router } from './router.js'
import { faultRoutes, routesOf } from './routes.js'
import { decimal } from './shape.js'

const MIB = 1024 * 1024

/** The application of one process. */
export async function openApp(config) {
  const domain = await openDomain(config)
  const routes = routesOf(domain)
  const router = new Router(config.faults ? { ...routes, ...faultRoutes } : routes)
  return new PlainApp((request, response) => serve(router, request, response), domain)
}

async function serve(router, request, response) {
  const { status, headers, body } = await replyTo(router, request, response)
  // A stream is under way already, and is not this one's to end.
  if (!response.destroyed && !response.headersSent) send(response, status, headers, body)
}

async function replyTo(router, request, response) {
  try {
    const result = await answer(router, request, response)
    return result instanceof Reply ? result : new Reply(200, {}, result)
  } catch (error) {
    const told = problemOf(error)
    // Where the client has gone, what went wrong is that, and nobody is left to be told.
    if (told !== error && !response.destroyed)
      console.error(`${request.method} ${request.url} failed:`, error)
    return new Reply(told.statusCode, { ...told.headers, 'content-type': PROBLEM_TYPE }, documentOf(told))
  }
}

async function answer(router, request, response) {
  const { route, written, query } = router.find(request.method, request.url)
  route.before?.(request)
  const id = written && decimal(written, 'id', 1)
  const body = route.shape && route.shape(await readJson(request, route.limit ?? MIB), 'body')
  return route.answer({ id, query, body, response })
}

function send(response, status, headers, body) {
  if (body === undefined) {
    response.writeHead(status, headers).end()
    return
  }
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const described = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    ...headers,
  }
  response.writeHead(status, described).end(text)
}
