import { PROBLEM_TYPE, documentOf, problem, problemOf } from '../domain/problem.js'

export function sendProblem(reply, error) {
  return reply
    .code(error.statusCode)
    .headers(error.headers ?? {})
    .type(PROBLEM_TYPE)
    .send(documentOf(error))
}

export function sendNotFound(request, reply) {
  return sendProblem(reply, problem(404, `There is nothing at ${request.method} ${request.url}.`))
}

export function sendErrorAsProblem(error, request, reply) {
  const told = problemOf(error)
  if (told !== error)
    request.log.error({ err: error, method: request.method, url: request.url }, 'request failed')
  return sendProblem(reply, told)
}
