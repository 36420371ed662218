/** A reply that is not a plain 200 of JSON. A body that is a string is sent as it is. */
export class Reply {
  constructor(status, headers = {}, body = undefined) {
    Object.assign(this, { status, headers, body })
  }
}
