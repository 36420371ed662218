const SECOND_MS = 1_000

/** Of an HTTP server of Node: how long a connection may be idle, and a request take to come whole from its first byte on. */
export const TIMEOUTS = {
  keepAliveTimeout: 75 * SECOND_MS,
  headersTimeout: 10 * SECOND_MS,
  requestTimeout: 10 * SECOND_MS,
  connectionsCheckingInterval: SECOND_MS,
}
