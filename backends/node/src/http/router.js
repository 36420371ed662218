import { problem } from '../domain/problem.js'

/** Finds the route of a request among those of routes.js. */
export class Router {
  #routes

  constructor(routes) {
    this.#routes = routes
  }

  /** The route, what the path has in the place of an id (or null) and the query. */
  find(method, target) {
    const [path, query = ''] = split(target, '?')
    const [route, written] = this.#match(method, path)
    return { route, written, query: new URLSearchParams(query) }
  }

  #match(method, path) {
    const itself = Object.hasOwn(this.#routes, path) ? this.#routes[path] : {}
    if (itself[method]) return [itself[method], null]

    const [, folder, written] = /^(.*\/)([^/]+)$/.exec(path) ?? []
    const members = this.#routes[`${folder}{id}`] ?? {}
    if (members[method]) return [members[method], decoded(written)]

    const allowed = Object.keys({ ...itself, ...members })
    if (allowed.length === 0) throw problem(404, `There is nothing at ${path}.`)
    throw problem(405, `${method} cannot be done to ${path}.`, { allow: allowed.join(', ') })
  }
}

function split(text, separator) {
  const place = text.indexOf(separator)
  return place === -1 ? [text] : [text.slice(0, place), text.slice(place + 1)]
}

function decoded(written) {
  try {
    return decodeURIComponent(written)
  } catch {
    return written
  }
}
