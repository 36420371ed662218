import { isUtf8 } from 'node:buffer'
import { Ajv } from 'ajv'
import { problem } from './problem.js'

// A JSON body is taken as it is; the text of a path or a query is turned into numbers.
const bodies = new Ajv({ useDefaults: true })
const texts = new Ajv({ useDefaults: true, coerceTypes: true })

export function compileValidator({ schema, httpPart }) {
  return (httpPart === 'body' ? bodies : texts).compile(schema)
}

/**
 * Schema of an integer written in a path or a query. The pattern comes before the conversion, which
 * alone would let "0x10", "1e3", " 7" and a number too long to be finite pass.
 */
export function decimal({ minimum, maximum = Number.MAX_SAFE_INTEGER, ...annotations }) {
  return {
    ...annotations,
    allOf: [
      { type: 'string', pattern: '^0*[0-9]{1,16}$' },
      { type: 'integer', minimum, maximum },
    ],
  }
}

/** Makes what Ajv found wrong with one part of a request (body, params, querystring) an error. */
export function invalidRequest([{ instancePath, keyword, message, params }], part) {
  const where = part + instancePath
  const what = keyword === 'additionalProperties' ? `must not have "${params.additionalProperty}"` : message
  return problem(422, `${where} ${what}.`)
}

/** Lets the routes of a plugin have bodies of JSON, which reach parseJsonBody as bytes. */
export function acceptJson(app) {
  const keepBytes = (_request, bytes, done) => done(null, bytes)
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, keepBytes)
}

/**
 * preValidation hook: makes the bytes of the body a value. Not a content type parser, since Fastify
 * closes the connection after one has failed, and here all of the body has been read.
 */
export function parseJsonBody(request, _reply, done) {
  const bytes = request.body
  try {
    if (!isUtf8(bytes)) throw new SyntaxError('not UTF-8')
    request.body = JSON.parse(bytes.toString())
  } catch {
    done(problem(400, bytes.length === 0 ? 'The body is empty.' : 'The body is not valid JSON.'))
    return
  }
  done()
}

/** onRequest hook: a bad path is told before anything is said about the body. */
export function checkPathFirst(request, _reply, done) {
  const validate = request.getValidationFunction('params')
  done(validate(request.params) ? undefined : invalidRequest(validate.errors, 'params'))
}

/** onRequest hook: Fastify itself lets a request without a body pass without a content type. */
export function requireJson(request, _reply, done) {
  const isJson = request.mediaType === 'application/json'
  done(isJson ? undefined : problem(415, 'The content type must be application/json.'))
}
