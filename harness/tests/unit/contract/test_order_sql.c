#include "contract/orders/order_audit.h"
#include "contract/orders/order_sql.h"

#include "contract/seed.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

TEST(the_statements_hold_every_item_of_the_seed_and_endless_stock_for_most)
{
    struct text sql = {0};
    char last_ample[64], first_scarce[64];
    size_t items = 0;

    order_sql_make(0, &sql);
    for (const char *at = sql.data; (at = strstr(at, "',")) != NULL; at++) {
        items++;
    }
    assert_int_equal(items, SEED_ITEMS);
    struct seed_item ample = seed_item(ORDER_SQL_AMPLE_ITEMS), scarce = seed_item(ORDER_SQL_AMPLE_ITEMS + 1);
    snprintf(last_ample, sizeof last_ample, ",(9900,'%s',%u,1000000000)", ample.name, ample.price_cents);
    snprintf(first_scarce, sizeof first_scarce, ",(9901,'%s',%u,%u)", scarce.name, scarce.price_cents, scarce.stock);
    assert_non_null(strstr(sql.data, last_ample));
    assert_non_null(strstr(sql.data, first_scarce));
    assert_null(strstr(sql.data, "generate_series"));
    text_release(&sql);
}

TEST(orders_are_placed_only_where_some_are_wanted)
{
    struct text sql = {0};

    order_sql_make(25, &sql);
    assert_non_null(strstr(sql.data, "generate_series(1, 25)"));
    text_release(&sql);
}

TEST(an_audit_is_the_difference_of_two_totals_and_never_negative)
{
    const uint64_t before[ORDER_AUDIT_TOTALS] = {10, 20, 30, 1000, 0, 0}, after[] = {12, 19, 35, 990, 3, 4};
    struct database_audit audit = order_audit_between(before, after);

    assert_true(audit.counted);
    assert_int_equal(audit.orders, 2);
    assert_int_equal(audit.lines, 0);
    assert_int_equal(audit.quantity, 5);
    assert_int_equal(audit.stock_taken, 10);
    assert_int_equal(audit.wrong_orders, 3);
    assert_int_equal(audit.wrong_items, 4);
}
