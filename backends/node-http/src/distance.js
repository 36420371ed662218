export function codePointsOf(text) {
  return Array.from(text, (character) => character.codePointAt(0))
}

/** Edit distances (Levenshtein) from one text to others, all given as code points. */
export class Distance {
  #from
  #row
  #next

  constructor(from) {
    this.#from = from
    this.#row = new Int32Array(from.length + 1)
    this.#next = new Int32Array(from.length + 1)
  }

  to(other) {
    const from = this.#from
    let row = this.#row
    let next = this.#next
    for (let i = 0; i < row.length; i++) row[i] = i

    for (let j = 0; j < other.length; j++) {
      const codePoint = other[j]
      let least = j + 1
      next[0] = least
      for (let i = 0; i < from.length; i++) {
        const replaced = from[i] === codePoint ? row[i] : row[i] + 1
        least = Math.min(replaced, row[i + 1] + 1, least + 1)
        next[i + 1] = least
      }
      const spare = row
      row = next
      next = spare
    }
    return row[from.length]
  }
}
