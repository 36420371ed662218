/* order_sql: the orders of the contract as SQL for PostgreSQL: the tables items, orders and order_lines, what they hold
 * before a trial, and the query that adds up what they hold afterwards. Text and numbers only: whoever has a connection
 * to the database executes the statements. */
#ifndef TWOFOLD_CONTRACT_ORDERS_ORDER_SQL_H
#define TWOFOLD_CONTRACT_ORDERS_ORDER_SQL_H

#include "base/text.h"

#include <stdint.h>

/* The items 1 to this one never run out of stock, so that an order is answered with 409 only where a scenario asks for
 * that. The items above it have the seed's stock. */
#define ORDER_SQL_AMPLE_ITEMS 9900

/* How many orders a trial finds in the tables, with the ids 1 to this, so that orders can be read before any is placed.
 */
#define ORDER_SQL_ORDERS 1000

/* Query of one text: the names of the existing tables items, orders and order_lines that this harness did not make, ",
 * " between them; "" when there are none. Such tables belong to somebody else and must not be touched. */
const char *order_sql_foreign(void);

/* Append the statements that drop the three tables and make them anew, with the seed's items and with `orders` orders
 * of two lines each, whose quantities are taken from stock. They also keep the stock before these orders in a temporary
 * table, which order_sql_totals compares with, so both must run on one connection. */
void order_sql_make(unsigned orders, struct text *out);

/* Statement to run after order_sql_make, on its own: gathers statistics and writes the pages out, so that no trial pays
 * for the work of the trial before it. */
const char *order_sql_vacuum(void);

/* Query of one row of ORDER_AUDIT_TOTALS counts (contract/orders/order_audit.h). */
const char *order_sql_totals(void);

#endif
