import { Catalog } from './catalog/catalog.js'
import { NativeSearch } from './catalog/native-search.js'
import { Search } from './catalog/search.js'
import { seedItems } from './catalog/seed.js'
import { Events } from './events/events.js'
import { Upstream } from './fanout/upstream.js'
import { Model } from './inference/model.js'
import { Accounts } from './members/accounts.js'
import { Orders } from './orders/orders.js'
import { Reports } from './report/reports.js'

/**
 * What one of the `cores` processes serves, whatever serves it by HTTP. The processes share the connections to what the
 * service depends on.
 */
export async function openDomain(config) {
  const {
    cores,
    items = 10_000,
    upstreamUrl,
    databaseUrl,
    modelFile,
    tableRows,
    accountsFile,
    tokenKey,
  } = config
  const [model, reports, accounts] = await Promise.all([
    Model.open(modelFile),
    Reports.open(tableRows),
    Accounts.open(accountsFile, tokenKey),
  ])
  const catalog = new Catalog(seedItems(items))
  const upstream = new Upstream(upstreamUrl, cores)
  const orders = new Orders(databaseUrl)
  return {
    catalog,
    search: new Search(catalog),
    nativeSearch: new NativeSearch(catalog),
    upstream,
    orders,
    model,
    reports,
    accounts,
    events: new Events(),
    /** When nothing is asked any more, and the events have ended. */
    close: () => Promise.all([upstream.close(), orders.close()]),
  }
}
