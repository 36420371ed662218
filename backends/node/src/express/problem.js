import { PROBLEM_TYPE, documentOf, problem, problemOf } from '../domain/problem.js'

export function sendNotFound(request) {
  throw problem(404, `There is nothing at ${request.method} ${request.path}.`)
}

/** The last middleware: Express takes a function for an error handler where it has four parameters. */
export function sendErrorAsProblem(error, request, response, next) {
  if (response.destroyed) return // the client has gone away
  if (response.headersSent) {
    next(error)
    return
  }
  const told = problemOf(error)
  if (told !== error) console.error(`${request.method} ${request.originalUrl} failed:`, error)
  response.status(told.statusCode)
  response
    .set(told.headers ?? {})
    .type(PROBLEM_TYPE)
    .json(documentOf(told))
}
