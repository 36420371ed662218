#include "bench/dependency/tables.h"

#include "base/mem.h"
#include "bench/dependency/sessions.h"
#include "bench/service/statements.h"
#include "cluster_fixture.h"
#include "contract/orders/order_sql.h"
#include "contract/seed.h"
#include "test.h"

#include <string.h>

static void run(struct database *database, const char *sql)
{
    struct error err = {0};

    if (database_run(database, sql, &err) != 0) {
        fail_msg("%s", err.message);
    }
}

static uint64_t count(struct database *database, const char *sql)
{
    struct error err = {0};
    uint64_t found;

    if (database_counts(database, sql, &found, 1, &err) != 0) {
        fail_msg("%s", err.message);
    }
    return found;
}

static void check_made(struct database *database)
{
    struct error err = {0};

    if (tables_make(database, ORDER_SQL_ORDERS, &err) != 0) {
        fail_msg("%s", err.message);
    }
    assert_int_equal(count(database, "select count(*) from items"), SEED_ITEMS);
    assert_int_equal(count(database, "select stock from items where id = 10000"), seed_item(10000).stock);
    assert_int_equal(count(database, "select price_cents from items where id = 1"), seed_item(1).price_cents);
    assert_int_equal(count(database, "select max(id) from orders"), ORDER_SQL_ORDERS);
    assert_int_equal(count(database, "select count(*) from order_lines"), 2 * ORDER_SQL_ORDERS);
}

/* One good order of 3 of item 2, and one without lines. */
static void check_counted(struct database *database)
{
    uint64_t before[ORDER_AUDIT_TOTALS], after[ORDER_AUDIT_TOTALS];

    assert_int_equal(tables_totals(database, before, NULL), 0);
    run(database, "insert into orders (customer, total_cents) select 'Ada', 3 * price_cents from items where id = 2;"
                  "insert into order_lines select max(o.id), 1, 2, 3, max(i.price_cents) from orders o, items i "
                  "where i.id = 2; update items set stock = stock - 3 where id = 2");
    run(database, "insert into orders (customer, total_cents) values ('Bob', 5)");
    assert_int_equal(tables_totals(database, after, NULL), 0);
    struct database_audit audit = order_audit_between(before, after);
    assert_true(audit.counted);
    assert_int_equal(audit.orders, 2);
    assert_int_equal(audit.lines, 1);
    assert_int_equal(audit.quantity, 3);
    assert_int_equal(audit.stock_taken, 3);
    assert_int_equal(audit.wrong_orders, 1);
    assert_int_equal(audit.wrong_items, 0);
    run(database, "update items set stock = stock - 1 where id = 7");
    assert_int_equal(tables_totals(database, after, NULL), 0);
    assert_int_equal(order_audit_between(before, after).wrong_items, 1);
}

static void check_foreign_tables(struct database *database)
{
    struct error err = {0};

    run(database, "comment on table orders is 'somebody else''s'");
    assert_int_equal(tables_make(database, 0, &err), -1);
    assert_non_null(strstr(err.message, "did not make: orders;"));
    assert_int_equal(count(database, "select count(*) from orders"), ORDER_SQL_ORDERS + 2);
}

static void check_sessions(struct database *database, const char *url)
{
    struct database *other;
    uint64_t others;

    assert_int_equal(sessions_wait_until_none(database, NULL), 0);
    assert_int_equal(database_open(&other, url, NULL, NULL), 0);
    assert_int_equal(sessions_count(database, &others, NULL), 0);
    assert_int_equal(others, 1);
    database_close(other);
    assert_int_equal(sessions_wait_until_none(database, NULL), 0);
}

/* What a client asks counts, and nothing before or after it, nor what the harness asks meanwhile. */
static void check_statements(struct database *database, const char *url)
{
    const struct dependencies dependencies = {.postgresql = {.database = database}};
    struct database *other;
    struct error err = {0};
    uint64_t before, after;

    assert_int_equal(database_open(&other, url, NULL, NULL), 0);
    run(other, "select 1");
    if (statements_begin(&dependencies, &err) != 0) {
        fail_msg("%s", err.message);
    }
    assert_int_equal(statements_count(&dependencies, &before, NULL), 0);
    for (int i = 0; i < 3; i++) {
        run(other, "begin");
        run(other, "update items set stock = stock where id = 1");
        run(other, "commit");
    }
    assert_int_equal(statements_count(&dependencies, &after, NULL), 0);
    assert_int_equal(after - before, 9);
    assert_int_equal(statements_end(&dependencies, NULL), 0);
    database_close(other);
}

TEST(tables_are_made_counted_and_left_alone_when_they_are_somebody_else_s)
{
    struct cluster cluster;
    struct database *database;

    cluster_start_or_skip(&cluster);
    assert_int_equal(database_open(&database, cluster_url(&cluster), NULL, NULL), 0);
    check_made(database);
    check_counted(database);
    check_statements(database, cluster_url(&cluster));
    check_foreign_tables(database);
    check_sessions(database, cluster_url(&cluster));
    database_close(database);
    cluster_stop(&cluster);
}
