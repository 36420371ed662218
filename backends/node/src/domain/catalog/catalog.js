import { codePointsOf } from './search.js'

/** The items of one process, in ascending id. Ids count up and are never used twice. */
export class Catalog {
  // Indexed by id. A slot holds an entry or, where one was deleted (or never was: 0), the id at
  // which to look on, so that a page skips a run of holes in a few steps. An entry is an item and,
  // for the search, the code points of its name.
  #slots = [1]

  constructor(fields = []) {
    for (const each of fields) this.create(each)
  }

  /** The item, or undefined. */
  get(id) {
    return this.#has(id) ? this.#slots[id].item : undefined
  }

  /** The entries as they stand: what changes later does not change this list. */
  entries() {
    return this.#slots.filter((slot) => typeof slot === 'object')
  }

  /** At most `limit` items with an id above `after`, and where the next page starts, if any. */
  page({ limit, after }) {
    const items = []
    let id = this.#seek(after + 1)
    while (items.length < limit && id < this.#slots.length) {
      items.push(this.#slots[id].item)
      id = this.#seek(id + 1)
    }
    const more = id < this.#slots.length
    return { items, next_after: more ? items.at(-1).id : null }
  }

  create(fields) {
    const entry = toEntry(this.#slots.length, fields)
    this.#slots.push(entry)
    return entry.item
  }

  /** The item as replaced, or undefined where there was none. */
  replace(id, fields) {
    if (!this.#has(id)) return undefined
    const entry = toEntry(id, fields)
    this.#slots[id] = entry
    return entry.item
  }

  /** Whether there was such an item. */
  delete(id) {
    if (!this.#has(id)) return false
    this.#slots[id] = id + 1
    return true
  }

  #has(id) {
    return id < this.#slots.length && typeof this.#slots[id] === 'object'
  }

  /** The first id from `start` on that holds an item, or one that is past them all. */
  #seek(start) {
    if (start >= this.#slots.length) return start

    let id = start
    while (typeof this.#slots[id] === 'number') id = this.#slots[id]

    for (let hole = start; hole < id;) {
      const next = this.#slots[hole]
      this.#slots[hole] = id
      hole = next
    }
    return id
  }
}

function toEntry(id, { name, price_cents, stock, tags }) {
  return { item: { id, name, price_cents, stock, tags }, codePoints: codePointsOf(name) }
}
