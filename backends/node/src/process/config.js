const MAX_PORT = 65535
const MAX_ITEMS = 10_000_000

/**
 * Reads what the environment says about where to listen, how many cores to fill and what to depend on. Where one of
 * the latter is not there, the routes that need it answer 503 and all others work. Where there is no SHED,
 * no request is refused because there are too many.
 */
export function readConfig(env) {
  return {
    host: env.HOST || '127.0.0.1',
    port: integerFrom(env, 'PORT', { fallback: 8080, maximum: MAX_PORT }),
    cores: integerFrom(env, 'CORES', { fallback: 1 }),
    items: integerFrom(env, 'ITEMS', { fallback: 10_000, maximum: MAX_ITEMS }),
    faults: env.FAULTS === '1',
    shed: integerFrom(env, 'SHED', { fallback: undefined }),
    upstreamUrl: urlFrom(env, 'UPSTREAM_URL'),
    databaseUrl: urlFrom(env, 'DATABASE_URL'),
    modelFile: env.MODEL_FILE || undefined,
    accountsFile: env.ACCOUNTS_FILE || undefined,
    tokenKey: env.TOKEN_KEY || undefined,
    tableRows: integerFrom(env, 'TABLE_ROWS', { fallback: undefined }),
  }
}

function integerFrom(env, name, { fallback, maximum = Number.MAX_SAFE_INTEGER }) {
  const text = env[name]
  if (!text) return fallback

  const value = Number(text)
  if (!Number.isInteger(value) || value < 1 || value > maximum) {
    throw new Error(`${name} must be an integer from 1 to ${maximum}, not "${text}"`)
  }
  return value
}

function urlFrom(env, name) {
  const text = env[name]
  if (!text) return undefined
  if (!URL.canParse(text)) throw new Error(`${name} must be a URL, not "${text}"`)
  return text
}
