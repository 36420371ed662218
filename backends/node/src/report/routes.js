import { problem, unavailable } from '../problem.js'
import * as schemas from './schemas.js'

export async function reportRoutes(app, { rows }) {
  const table = rows === undefined ? undefined : await makeTable(rows)

  app.get('/report', { schema: schemas.makeReport }, async (request) => {
    if (!table) throw unavailable('This service was given no table.')
    if (request.query.rows > table.rows) throw problem(422, `querystring/rows must be at most ${table.rows}.`)
    return table.report(request.query.rows)
  })
}

// The library is loaded only where there is a table.
async function makeTable(rows) {
  const { Table } = await import('./table.js')
  return new Table(rows)
}
