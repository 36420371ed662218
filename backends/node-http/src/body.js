import { isUtf8 } from 'node:buffer'
import { Problem } from './problem.js'

/** The value of a JSON body of at most `limit` bytes. */
export async function readJson(request, limit) {
  const type = request.headers['content-type'] ?? ''
  if (type.split(';', 1)[0].trim().toLowerCase() !== 'application/json') {
    throw new Problem(415, 'The content type must be application/json.')
  }
  const bytes = await readBytes(request, limit)
  if (!isUtf8(bytes)) throw new Problem(400, 'The body is not UTF-8.')
  try {
    return JSON.parse(bytes.toString())
  } catch {
    throw new Problem(400, 'The body is not JSON.')
  }
}

function readBytes(request, limit) {
  return new Promise((resolve, reject) => {
    const chunks = []
    let size = 0
    // What comes after too much is read and dropped, so that the connection stays fit for use.
    request.on('data', (chunk) => {
      size += chunk.length
      if (size <= limit) chunks.push(chunk)
      else reject(new Problem(413, `The body is longer than ${limit} bytes.`))
    })
    request.on('end', () => resolve(Buffer.concat(chunks)))
    request.on('error', reject)
  })
}
