/* tables: the tables that the orders of the contract need (contract/orders/order_sql.h), made in a database and counted
 * in it. The statements are the contract's; this module only executes them. */
#ifndef TWOFOLD_BENCH_DEPENDENCY_TABLES_H
#define TWOFOLD_BENCH_DEPENDENCY_TABLES_H

#include "base/error.h"
#include "bench/postgres/database.h"
#include "contract/orders/order_audit.h"

#include <stdint.h>

/* Makes the tables anew, with `orders` orders in them. Fails without touching anything when the database has tables of
 * these names that this harness did not make. */
int tables_make(struct database *database, unsigned orders, struct error *err);

/* Reads what the tables hold now, in the order that contract/orders/order_audit.h expects. Must run on the connection
 * that made the tables. */
int tables_totals(struct database *database, uint64_t ret_totals[ORDER_AUDIT_TOTALS], struct error *err);

#endif
