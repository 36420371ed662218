import { setImmediate as nextTurn } from 'node:timers/promises'

const BEST = 10
const ENTRIES_A_TURN = 500

/**
 * Fuzzy search: the items whose names are nearest by edit distance.
 *
 * It computes for milliseconds, so it works in slices and lets the event loop serve others in between. Searches
 * take their turns one after the other: side by side, each would only come to its end later.
 */
export class Search {
  #catalog
  #last = Promise.resolve()

  constructor(catalog) {
    this.#catalog = catalog
  }

  /** The ten nearest, by distance and then by id. */
  nearest(text) {
    const found = this.#last.then(() => this.#search(codePointsOf(text)))
    this.#last = found.catch(() => {})
    return found
  }

  async #search(query) {
    const distanceFrom = editDistanceTo(query)
    const entries = this.#catalog.entries()
    const best = []
    for (let start = 0; start < entries.length; start += ENTRIES_A_TURN) {
      if (start > 0) await nextTurn()
      for (const { item, codePoints } of entries.slice(start, start + ENTRIES_A_TURN)) {
        keep(best, { id: item.id, name: item.name, distance: distanceFrom(codePoints) })
      }
    }
    return best
  }
}

export function codePointsOf(text) {
  return Array.from(text, (character) => character.codePointAt(0))
}

/**
 * A function that says how many code points of its argument to insert, delete or replace to make it into `target`
 * (Levenshtein). The two rows that it works on are made once for all its calls.
 */
export function editDistanceTo(target) {
  const rows = [new Int32Array(target.length + 1), new Int32Array(target.length + 1)]

  return (source) => {
    let [above, row] = rows
    for (let column = 0; column <= target.length; column++) above[column] = column

    for (let i = 0; i < source.length; i++) {
      const codePoint = source[i]
      let left = i + 1
      row[0] = left
      for (let j = 0; j < target.length; j++) {
        const replaced = above[j] + (codePoint === target[j] ? 0 : 1)
        left = Math.min(replaced, above[j + 1] + 1, left + 1)
        row[j + 1] = left
      }
      const done = row
      row = above
      above = done
    }
    return above[target.length]
  }
}

// Items come in ascending id, so a later one goes behind those that are as near.
export function keep(best, match) {
  if (best.length === BEST && match.distance >= best[BEST - 1].distance) return
  const place = best.findIndex(({ distance }) => match.distance < distance)
  best.splice(place === -1 ? best.length : place, 0, match)
  if (best.length > BEST) best.pop()
}
