import { problem } from '../domain/problem.js'
import { notJson, parseJson } from '../domain/validation.js'

/** The value of a JSON body of at most `limit` bytes. */
export async function readJson(request, limit) {
  const type = request.headers['content-type'] ?? ''
  if (type.split(';', 1)[0].trim().toLowerCase() !== 'application/json') throw notJson()
  return parseJson(await readBytes(request, limit))
}

function readBytes(request, limit) {
  return new Promise((resolve, reject) => {
    const chunks = []
    let size = 0
    // What comes after too much is read and dropped, so that the connection stays fit for use.
    request.on('data', (chunk) => {
      size += chunk.length
      if (size <= limit) chunks.push(chunk)
      else reject(problem(413, `The body is longer than ${limit} bytes.`))
    })
    request.on('end', () => resolve(Buffer.concat(chunks)))
    request.on('error', reject)
  })
}
