#include "contract/orders/order_audit.h"

/* The columns of order_sql_totals, in their order. */
enum total { TOTAL_ORDERS, TOTAL_LINES, TOTAL_QUANTITY, TOTAL_STOCK, TOTAL_WRONG_ORDERS, TOTAL_WRONG_ITEMS };

static uint64_t growth(uint64_t from, uint64_t to)
{
    return to > from ? to - from : 0;
}

struct database_audit order_audit_between(const uint64_t before[ORDER_AUDIT_TOTALS],
                                          const uint64_t after[ORDER_AUDIT_TOTALS])
{
    return (struct database_audit){
        .counted = true,
        .orders = growth(before[TOTAL_ORDERS], after[TOTAL_ORDERS]),
        .lines = growth(before[TOTAL_LINES], after[TOTAL_LINES]),
        .quantity = growth(before[TOTAL_QUANTITY], after[TOTAL_QUANTITY]),
        .stock_taken = growth(after[TOTAL_STOCK], before[TOTAL_STOCK]),
        .wrong_orders = after[TOTAL_WRONG_ORDERS],
        .wrong_items = after[TOTAL_WRONG_ITEMS],
    };
}
