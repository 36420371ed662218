import { setImmediate as letOthersRun } from 'node:timers/promises'
import { Distance, codePointsOf } from './distance.js'

const BEST = 10
const SLICE = 500

/**
 * The ten items nearest to a text. A search takes milliseconds, so it lets the event loop run between slices; and one
 * follows the other, since side by side each would only end later.
 */
export class Search {
  #catalog
  #queue = Promise.resolve()

  constructor(catalog) {
    this.#catalog = catalog
  }

  nearest(text) {
    const found = this.#queue.then(() => this.#find(text))
    this.#queue = found.catch(() => {})
    return found
  }

  async #find(text) {
    const distance = new Distance(codePointsOf(text))
    const entries = this.#catalog.entries()
    const best = []
    for (let i = 0; i < entries.length; i++) {
      if (i > 0 && i % SLICE === 0) await letOthersRun()
      const { item, codePoints } = entries[i]
      consider(best, item, distance.to(codePoints))
    }
    return best
  }
}

/** The items come in ascending id, so among those that are as near the new one is the last. */
function consider(best, { id, name }, distance) {
  if (best.length === BEST && distance >= best.at(-1).distance) return
  let place = best.length
  while (place > 0 && best[place - 1].distance > distance) place--
  best.splice(place, 0, { id, name, distance })
  best.length = Math.min(best.length, BEST)
}
