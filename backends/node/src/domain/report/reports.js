import { problem, unavailable } from '../problem.js'

/** Reports on the rows of a table, or on none where the service was given no number of rows. */
export class Reports {
  #table

  /** Loads the library only where there is a table. */
  static async open(rows) {
    const reports = new Reports()
    if (rows === undefined) return reports
    const { Table } = await import('./table.js')
    reports.#table = new Table(rows)
    return reports
  }

  /** The report on the first `rows` rows. */
  make(rows) {
    if (!this.#table) throw unavailable('This service was given no table.')
    if (rows > this.#table.rows) throw problem(422, `querystring/rows must be at most ${this.#table.rows}.`)
    return this.#table.report(rows)
  }
}
