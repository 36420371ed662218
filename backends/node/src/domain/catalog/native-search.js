import { setImmediate as nextTurn } from 'node:timers/promises'
import { keep } from './search.js'

const ENTRIES_A_TURN = 2000
const ASTRAL = /[\ud800-\udfff]/

/**
 * The search as one who may choose does it: fastest-levenshtein, whose table is bits. In slices and in turns as the
 * other one, though ten thousand names take it a millisecond.
 */
export class NativeSearch {
  #catalog
  #distance
  #last = Promise.resolve()

  constructor(catalog) {
    this.#catalog = catalog
  }

  /** The ten nearest, by distance and then by id. */
  nearest(text) {
    const found = this.#last.then(() => this.#search(text))
    this.#last = found.catch(() => {})
    return found
  }

  async #search(text) {
    // Loaded when it is needed: what never searches so does without it.
    this.#distance ??= distanceOf((await import('fastest-levenshtein')).distance)
    const entries = this.#catalog.entries()
    const best = []
    for (let start = 0; start < entries.length; start += ENTRIES_A_TURN) {
      if (start > 0) await nextTurn()
      for (const { item } of entries.slice(start, start + ENTRIES_A_TURN)) {
        keep(best, { id: item.id, name: item.name, distance: this.#distance(text, item.name) })
      }
    }
    return best
  }
}

/** The library's distance, which counts code units, in code points. */
export function distanceOf(distance) {
  return (a, b) => {
    if (!ASTRAL.test(a) && !ASTRAL.test(b)) return distance(a, b)
    const units = new Map()
    return distance(inUnits(a, units), inUnits(b, units))
  }
}

// Each code point above U+FFFF becomes a unit of its own, of those that never stand alone in a text.
function inUnits(text, units) {
  let result = ''
  for (const character of text) {
    if (character.length > 1 && !units.has(character)) {
      units.set(character, String.fromCharCode(0xd800 + units.size))
    }
    result += units.get(character) ?? character
  }
  return result
}
