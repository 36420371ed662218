import { Ajv } from 'ajv'
import express from 'express'
import { invalidRequest, notJson, requireText, validatorsBy } from '../domain/validation.js'

const MIB = 1024 * 1024

const compile = validatorsBy(Ajv)

/** Middleware: request.params must be as the schema says, and are numbers then. */
export function validParams({ params }) {
  const validate = compile(params, 'params')
  return (request, _response, next) => {
    // The parameters are made anew for each handler, so what was read of them is kept beside them.
    const values = { ...request.params }
    request.valid = valid(validate, values, 'params')
    next()
  }
}

/** Middleware: the query must be as the schema says; request.valid has it with its numbers and its defaults. */
export function validQuery({ querystring }) {
  const validate = compile(querystring, 'querystring')
  return (request, _response, next) => {
    request.valid = valid(validate, { ...request.query }, 'querystring')
    next()
  }
}

/** Middlewares: the body must be JSON, of at most `limit` bytes, and as the schema says. */
export function validBody({ body }, limit = MIB) {
  const validate = compile(body, 'body')
  return [
    requireJson,
    express.json({ limit, strict: false, verify: (_request, _response, bytes) => requireText(bytes) }),
    (request, _response, next) => {
      // Where there was no body at all, the parser has left none.
      if (request.body === undefined) requireText(Buffer.alloc(0))
      valid(validate, request.body, 'body')
      next()
    },
  ]
}

function requireJson(request, _response, next) {
  const [type] = (request.get('content-type') ?? '').split(';', 1)
  next(type.trim().toLowerCase() === 'application/json' ? undefined : notJson())
}

function valid(validate, values, part) {
  if (!validate(values)) throw invalidRequest(validate.errors, part)
  return values
}
