import { invalidRequest, notJson, parseJson } from '../domain/validation.js'

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
  try {
    request.body = parseJson(request.body)
  } catch (error) {
    done(error)
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
  done(request.mediaType === 'application/json' ? undefined : notJson())
}
