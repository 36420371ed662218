import { codePointsOf } from './distance.js'

/** The items of one process. Ids count up and are never used twice. */
export class Catalog {
  #entries = new Map() // by id: the item, and the code points of its name for the search
  #ids = [] // ascending
  #lastId = 0

  constructor(drafts = []) {
    for (const draft of drafts) this.create(draft)
  }

  get(id) {
    return this.#entries.get(id)?.item
  }

  /** What there is now, ascending: later changes do not touch it. */
  entries() {
    return this.#ids.map((id) => this.#entries.get(id))
  }

  page(after, limit) {
    const start = this.#placeAfter(after)
    const ids = this.#ids.slice(start, start + limit)
    const more = start + limit < this.#ids.length
    return { items: ids.map((id) => this.get(id)), next_after: more ? ids.at(-1) : null }
  }

  create(draft) {
    const id = ++this.#lastId
    this.#ids.push(id)
    return this.#put(id, draft)
  }

  replace(id, draft) {
    return this.#entries.has(id) ? this.#put(id, draft) : undefined
  }

  delete(id) {
    if (!this.#entries.delete(id)) return false
    this.#ids.splice(this.#placeAfter(id) - 1, 1)
    return true
  }

  #put(id, { name, price_cents, stock, tags }) {
    const item = { id, name, price_cents, stock, tags }
    this.#entries.set(id, { item, codePoints: codePointsOf(name) })
    return item
  }

  /** Where in the list of ids the first one above `id` is. */
  #placeAfter(id) {
    let low = 0
    let high = this.#ids.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#ids[middle] <= id) low = middle + 1
      else high = middle
    }
    return low
  }
}
