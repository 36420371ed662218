import { isUtf8 } from 'node:buffer'
import { problem } from './problem.js'

/**
 * Makes validators of JSON Schemas, by the Ajv class that it is given: a JSON body is taken as it is, the text of a path or a
 * query is turned into numbers.
 */
export function validatorsBy(Ajv) {
  const bodies = new Ajv({ useDefaults: true })
  const texts = new Ajv({ useDefaults: true, coerceTypes: true })
  return (schema, part) => (part === 'body' ? bodies : texts).compile(schema)
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

/** What is no JSON at all, for a parser would not say it: it would replace what is not UTF-8, or take nothing for something. */
export function requireText(bytes) {
  if (bytes.length === 0) throw problem(400, 'The body is empty.')
  if (!isUtf8(bytes)) throw problem(400, 'The body is not UTF-8.')
}

/** The value of a JSON body. */
export function parseJson(bytes) {
  requireText(bytes)
  try {
    return JSON.parse(bytes.toString())
  } catch {
    throw problem(400, 'The body is not valid JSON.')
  }
}

export function notJson() {
  return problem(415, 'The content type must be application/json.')
}
