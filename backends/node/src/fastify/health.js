const healthSchema = {
  response: {
    200: {
      type: 'object',
      required: ['status'],
      additionalProperties: false,
      properties: { status: { type: 'string' } },
    },
  },
}

export async function healthRoutes(app) {
  app.get('/healthz', { schema: healthSchema }, () => ({ status: 'ok' }))
}
