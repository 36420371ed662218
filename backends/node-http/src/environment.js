/** What the service is told: where to listen, how many processes to run, what to depend on (both optional). */
export function readEnvironment({ HOST, PORT, CORES, ITEMS, FAULTS, UPSTREAM_URL, DATABASE_URL }) {
  return {
    host: HOST || '127.0.0.1',
    port: wholeNumber('PORT', PORT || '8080', 65535),
    cores: wholeNumber('CORES', CORES || '1', 1024),
    items: wholeNumber('ITEMS', ITEMS || '10000', 10_000_000),
    faults: FAULTS === '1',
    upstreamUrl: url('UPSTREAM_URL', UPSTREAM_URL),
    databaseUrl: url('DATABASE_URL', DATABASE_URL),
  }
}

function wholeNumber(name, text, most) {
  if (!/^[1-9][0-9]{0,8}$/.test(text) || Number(text) > most) {
    throw new Error(`${name}: a number from 1 to ${most} was expected, not "${text}"`)
  }
  return Number(text)
}

function url(name, text) {
  if (text && !URL.canParse(text)) throw new Error(`${name}: a URL was expected, not "${text}"`)
  return text || null
}
