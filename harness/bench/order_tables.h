/* order_tables: the three tables of the contract's orders, made by the harness and filled by the seed rule. */
#ifndef TWOFOLD_BENCH_ORDER_TABLES_H
#define TWOFOLD_BENCH_ORDER_TABLES_H

#include "base/error.h"
#include "host/database.h"

/* Make the tables items, orders and order_lines anew, with the seed's items and `orders` orders (ids from 1 on) of two
 * lines each, whose stock is taken. Tables of these names that a harness did not make belong to somebody: they are
 * refused, and nothing is touched then. */
int order_tables_make(struct database *database, unsigned orders, struct error *err);

#endif
