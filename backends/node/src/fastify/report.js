import * as schemas from '../domain/report/schemas.js'

export async function reportRoutes(app, { reports }) {
  app.get('/report', { schema: schemas.makeReport }, async (request) => reports.make(request.query.rows))
}
