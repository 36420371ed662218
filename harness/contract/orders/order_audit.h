/* order_audit: what the tables of the orders hold beyond what they held before a trial's load. Raw counts: whether they
 * agree with the responses is audit_rule's to say. */
#ifndef TWOFOLD_CONTRACT_ORDERS_ORDER_AUDIT_H
#define TWOFOLD_CONTRACT_ORDERS_ORDER_AUDIT_H

#include "record/dependency.h"

#include <stdint.h>

/* How many counts the row of order_sql_totals has. */
#define ORDER_AUDIT_TOTALS 6

/* The difference between two rows of order_sql_totals, one read before the load and one after it. A count that fell
 * differs by 0. The numbers of wrong orders and wrong items are those of the second row. */
struct database_audit order_audit_between(const uint64_t before[ORDER_AUDIT_TOTALS],
                                          const uint64_t after[ORDER_AUDIT_TOTALS]);

#endif
