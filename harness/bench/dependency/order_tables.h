/* order_tables: the three tables of the contract's orders, made by the harness and filled by the seed rule. */
#ifndef TWOFOLD_BENCH_DEPENDENCY_ORDER_TABLES_H
#define TWOFOLD_BENCH_DEPENDENCY_ORDER_TABLES_H

#include "base/error.h"
#include "bench/dependency/database.h"
#include "record/dependency.h"

#include <stdint.h>

/* Make the tables items, orders and order_lines anew, with the seed's items and `orders` orders (ids from 1 on) of two
 * lines each, whose stock is taken. Tables of these names that a harness did not make belong to somebody: they are
 * refused, and nothing is touched then. */
int order_tables_make(struct database *database, unsigned orders, struct error *err);

/* What is in them now, and the stock of all items together. Items are compared with what this connection made. */
int order_tables_count(struct database *database, struct database_audit *ret_audit, uint64_t *ret_stock,
                       struct error *err);

/* How many others are connected to the database. */
int order_tables_connections(struct database *database, uint64_t *ret_count, struct error *err);

/* Wait until nobody else is connected to the database, so that no transaction is under way; at most some seconds. */
int order_tables_wait_until_idle(struct database *database, struct error *err);

#endif
