import { setImmediate as nextTurn } from 'node:timers/promises'
import { CholeskyDecomposition, Matrix } from 'ml-matrix'

const REGIONS = 24
const TERMS = 16
const APART = 0x9e3779b9
const ROWS_A_TURN = 8192

/**
 * Rows in memory, by the contract's rule, and reports on the first of them.
 *
 * A report computes for milliseconds, so it works in slices and lets the event loop serve others in between; reports
 * take their turns one after the other.
 */
export class Table {
  #regions
  #cents
  #terms
  #last = Promise.resolve()

  constructor(rows) {
    this.rows = rows
    this.#regions = new Uint8Array(rows)
    this.#cents = new Float64Array(rows)
    this.#terms = new Float64Array(rows * TERMS)
    for (let row = 0; row < rows; row++) this.#fill(row, row + 1)
  }

  /** Amounts by region, and how they follow from the terms by least squares. */
  report(rows) {
    const made = this.#last.then(() => this.#report(rows))
    this.#last = made.catch(() => {})
    return made
  }

  #fill(row, id) {
    let cents = 5000 + (column(id, TERMS) % 2000)
    this.#terms[row * TERMS] = 1
    for (let term = 1; term < TERMS; term++) {
      const value = column(id, term) % 1000
      this.#terms[row * TERMS + term] = value
      cents += term * value
    }
    this.#regions[row] = mix(id) % REGIONS
    this.#cents[row] = cents
  }

  async #report(rows) {
    const groups = new Groups()
    const equations = new NormalEquations()
    for (let start = 0; start < rows; start += ROWS_A_TURN) {
      if (start > 0) await nextTurn()
      const end = Math.min(start + ROWS_A_TURN, rows)
      const cents = this.#cents.subarray(start, end)
      groups.add(this.#regions.subarray(start, end), cents)
      equations.add(this.#terms.subarray(start * TERMS, end * TERMS), cents)
    }
    return { rows, groups: groups.all(), coefficients: equations.solve() }
  }
}

class Groups {
  #counts = new Float64Array(REGIONS)
  #totals = new Float64Array(REGIONS)
  #most = new Float64Array(REGIONS)

  add(regions, cents) {
    for (let row = 0; row < cents.length; row++) {
      const region = regions[row]
      const amount = cents[row]
      this.#counts[region]++
      this.#totals[region] += amount
      if (amount > this.#most[region]) this.#most[region] = amount
    }
  }

  all() {
    const groups = []
    this.#counts.forEach((count, region) => {
      if (count === 0) return
      const total = this.#totals[region]
      groups.push({
        region,
        count,
        total_cents: total,
        mean_cents: total / count,
        most_cents: this.#most[region],
      })
    })
    return groups
  }
}

// The terms are few, and far from depending on each other. What Node has of matrices multiplies by loops like these,
// after it has copied.
class NormalEquations {
  #products = new Float64Array(TERMS * TERMS)
  #sums = new Float64Array(TERMS)

  add(rows, cents) {
    const products = this.#products
    const sums = this.#sums
    for (let row = 0; row < cents.length; row++) {
      const start = row * TERMS
      const amount = cents[row]
      for (let i = 0; i < TERMS; i++) {
        const x = rows[start + i]
        sums[i] += x * amount
        for (let j = 0; j <= i; j++) products[i * TERMS + j] += x * rows[start + j]
      }
    }
  }

  solve() {
    const products = new Matrix(TERMS, TERMS)
    for (let i = 0; i < TERMS; i++) {
      for (let j = 0; j <= i; j++) {
        products.set(i, j, this.#products[i * TERMS + j])
        products.set(j, i, this.#products[i * TERMS + j])
      }
    }
    return new CholeskyDecomposition(products).solve(Matrix.columnVector(this.#sums)).to1DArray()
  }
}

function column(id, number) {
  return mix((id + Math.imul(number, APART)) >>> 0)
}

function mix(number) {
  let h = number ^ (number >>> 16)
  h = Math.imul(h, 0x85ebca6b)
  h ^= h >>> 13
  h = Math.imul(h, 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}
