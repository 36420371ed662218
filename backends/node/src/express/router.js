import { Router } from 'express'

/** A router to which `/items/` is not `/items`, and `/Items` neither: by itself Express answers all three alike. */
export function makeRouter() {
  return Router({ strict: true, caseSensitive: true })
}
