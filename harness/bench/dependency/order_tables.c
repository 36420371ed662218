#include "bench/dependency/order_tables.h"

#include "base/clock.h"
#include "base/text.h"
#include "contract/verify/model/catalog.h"

#include <inttypes.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define WARMUP_MOST_NS (5 * CLOCK_SECOND_NS)

/* How a harness knows its own tables again. */
#define MARK "made by twofold; made anew for each trial"

/* Popular items never run out, so that an order is refused for its stock only where a scenario asks for that. */
#define ENDLESS_ITEMS 9900
#define ENDLESS_STOCK 1000000000

static const char foreign[] =
    "select coalesce(string_agg(c.relname, ', '), '') from pg_class c "
    "where c.oid in (to_regclass('items'), to_regclass('orders'), to_regclass('order_lines')) "
    "and coalesce(obj_description(c.oid, 'pg_class'), '') <> '" MARK "'";

static const char tables[] =
    "begin; drop table if exists order_lines, orders, items;"
    "create table items (id bigint primary key, name text not null, price_cents integer not null, "
    "stock integer not null check (stock >= 0));"
    "create table orders (id bigint generated always as identity primary key, customer text not null, "
    "total_cents bigint not null, created_at timestamptz not null default now());"
    "create table order_lines (order_id bigint not null references orders, line_number integer not null, "
    "item_id bigint not null references items, quantity integer not null, price_cents integer not null, "
    "primary key (order_id, line_number));"
    "comment on table items is '" MARK "'; comment on table orders is '" MARK "';"
    "comment on table order_lines is '" MARK "'; insert into items values ";

/* Order k has 1 of item k and 2 of item k + 5000. */
static const char some_orders[] =
    "begin; insert into orders (customer, total_cents) select 'early ' || k, a.price_cents + 2 * b.price_cents "
    "from generate_series(1, %u) k join items a on a.id = k join items b on b.id = k + 5000 order by k;"
    "insert into order_lines select o.id, l.n, i.id, l.n, i.price_cents from orders o cross join (values (1), (2)) l "
    "(n) "
    "join items i on i.id = o.id + (l.n - 1) * 5000;"
    "update items i set stock = stock - l.quantity from order_lines l where l.item_id = i.id; commit";

static void add_item(uint32_t id, struct text *sql)
{
    json_t *item = catalog_seed_item(id);
    json_int_t stock = json_integer_value(json_object_get(item, "stock"));

    /* The seed's names are letters and spaces. */
    text_format(sql, "%s(%" PRIu32 ",'%s',%" JSON_INTEGER_FORMAT ",%" JSON_INTEGER_FORMAT ")", id > 1 ? "," : "", id,
                json_string_value(json_object_get(item, "name")),
                json_integer_value(json_object_get(item, "price_cents")), id <= ENDLESS_ITEMS ? ENDLESS_STOCK : stock);
    json_decref(item);
}

static int refuse_foreign(struct database *database, struct error *err)
{
    char *names;

    if (database_text(database, foreign, &names, err) != 0) {
        return -1;
    }
    int result = names[0] == '\0'
                     ? 0
                     : error_failed(err,
                                    "the database of DATABASE_URL has tables that this harness did not make: %s; they "
                                    "are left alone. Give it a database without tables of these names",
                                    names);
    free(names);
    return result;
}

static int make_orders(struct database *database, unsigned orders, struct error *err)
{
    struct text sql = {0};

    text_format(&sql, some_orders, orders);
    int result = database_run(database, sql.data, err);
    text_release(&sql);
    return result;
}

int order_tables_make(struct database *database, unsigned orders, struct error *err)
{
    struct text sql = {0};

    if (refuse_foreign(database, err) != 0) {
        return -1;
    }
    text_add(&sql, tables);
    for (uint32_t id = 1; id <= CATALOG_SEEDED; id++) {
        add_item(id, &sql);
    }
    text_add(&sql, "; commit; drop table if exists pg_temp.stock_before;"
                   "create temp table stock_before as select id, stock from items");
    int result = database_run(database, sql.data, err);
    text_release(&sql);
    /* What a trial would otherwise do for the one before: statistics, and the pages on their way to the disk. */
    if (result != 0 || (orders > 0 && make_orders(database, orders, err) != 0)) {
        return -1;
    }
    return database_run(database, "vacuum analyze items, orders, order_lines", err);
}

/* ---- what came of it ---- */

static const char wrong_orders[] =
    "select count(*) from orders o left join (select order_id, count(*) n, max(line_number) - min(line_number) + 1 "
    "span, "
    "sum(quantity::bigint * price_cents) total from order_lines group by order_id) l on l.order_id = o.id "
    "where l.n is null or l.span <> l.n or l.total <> o.total_cents";

static const char wrong_items[] = "select count(*) from items i full join pg_temp.stock_before s on s.id = i.id left "
                                  "join (select item_id, sum(quantity) "
                                  "quantity from order_lines group by item_id) l on l.item_id = s.id "
                                  "where i.stock is distinct from s.stock - coalesce(l.quantity, 0)";

int order_tables_count(struct database *database, struct database_audit *ret_audit, uint64_t *ret_stock,
                       struct error *err)
{
    struct database_audit audit = {.counted = true};
    uint64_t stock;
    const struct {
        const char *sql;
        uint64_t *into;
    } counts[] = {
        {"select count(*) from orders", &audit.orders},
        {"select count(*) from order_lines", &audit.lines},
        {"select coalesce(sum(quantity), 0) from order_lines", &audit.quantity},
        {"select coalesce(sum(stock::bigint), 0) from items", &stock},
        {wrong_orders, &audit.wrong_orders},
        {wrong_items, &audit.wrong_items},
    };

    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        if (database_count(database, counts[i].sql, counts[i].into, err) != 0) {
            return -1;
        }
    }
    *ret_audit = audit;
    *ret_stock = stock;
    return 0;
}

int order_tables_wait_until_idle(struct database *database, struct error *err)
{
    uint64_t until_ns = clock_now_ns() + WARMUP_MOST_NS, others;

    for (;;) {
        if (order_tables_connections(database, &others, err) != 0) {
            return -1;
        }
        if (others == 0) {
            return 0;
        }
        if (clock_now_ns() > until_ns) {
            return error_failed(err, "the database: %" PRIu64 " connections are still open though the service is gone",
                                others);
        }
        clock_sleep_ns(20 * CLOCK_MILLISECOND_NS);
    }
}

int order_tables_connections(struct database *database, uint64_t *ret_count, struct error *err)
{
    return database_count(database,
                          "select count(*) from pg_stat_activity where backend_type = 'client backend' and "
                          "datname = current_database() and pid <> pg_backend_pid()",
                          ret_count, err);
}
