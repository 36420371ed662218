import { STATUS_CODES } from 'node:http'

/** An error that the client is told (RFC 9457); anything else that is thrown is the service's own fault. */
export class Problem extends Error {
  constructor(status, detail, headers = {}) {
    super(detail)
    this.status = status
    this.headers = { ...headers, 'content-type': 'application/problem+json' }
  }

  toJSON() {
    const { status, message: detail } = this
    return { type: 'about:blank', title: STATUS_CODES[status], status, detail }
  }
}
