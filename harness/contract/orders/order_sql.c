#include "contract/orders/order_sql.h"

#include "contract/seed.h"

#include <inttypes.h>

/* How a harness recognises its own tables. */
#define MARK "made by twofold; made anew for each trial"

#define AMPLE_STOCK 1000000000

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

static const char stock_before[] = "; commit; drop table if exists pg_temp.stock_before;"
                                   "create temp table stock_before as select id, stock from items;";

/* Order k has 1 of item k and 2 of item k + 5000. */
static const char some_orders[] =
    "begin; insert into orders (customer, total_cents) select 'early ' || k, a.price_cents + 2 * b.price_cents "
    "from generate_series(1, %u) k join items a on a.id = k join items b on b.id = k + 5000 order by k;"
    "insert into order_lines select o.id, l.n, i.id, l.n, i.price_cents "
    "from orders o cross join (values (1), (2)) l (n) join items i on i.id = o.id + (l.n - 1) * 5000;"
    "update items i set stock = stock - l.quantity from order_lines l where l.item_id = i.id; commit;";

/* Orders without lines, with a gap in their line numbers, or whose total is not that of their lines. */
#define WRONG_ORDERS                                                                                                   \
    "select count(*) from orders o left join (select order_id, count(*) n, "                                           \
    "max(line_number) - min(line_number) + 1 span, sum(quantity::bigint * price_cents) total "                         \
    "from order_lines group by order_id) l on l.order_id = o.id "                                                      \
    "where l.n is null or l.span <> l.n or l.total <> o.total_cents"

/* Items whose stock does not differ from what it was by what was ordered of them. */
#define WRONG_ITEMS                                                                                                    \
    "select count(*) from items i full join pg_temp.stock_before s on s.id = i.id "                                    \
    "left join (select item_id, sum(quantity) quantity from order_lines group by item_id) l on l.item_id = s.id "      \
    "where i.stock is distinct from s.stock - coalesce(l.quantity, 0)"

static const char totals[] = "select (select count(*) from orders), (select count(*) from order_lines), "
                             "(select coalesce(sum(quantity), 0) from order_lines), "
                             "(select coalesce(sum(stock::bigint), 0) from items), "
                             "(" WRONG_ORDERS "), (" WRONG_ITEMS ")";

const char *order_sql_foreign(void)
{
    return foreign;
}

/* The seed's names are letters and spaces, so they need no quoting. */
static void add_item(uint32_t id, struct text *out)
{
    struct seed_item item = seed_item(id);

    if (id <= ORDER_SQL_AMPLE_ITEMS) {
        item.stock = AMPLE_STOCK;
    }
    text_format(out, "%s(%" PRIu32 ",'%s',%" PRIu32 ",%" PRIu32 ")", id > 1 ? "," : "", id, item.name, item.price_cents,
                item.stock);
}

void order_sql_make(unsigned orders, struct text *out)
{
    text_add(out, tables);
    for (uint32_t id = 1; id <= SEED_ITEMS; id++) {
        add_item(id, out);
    }
    text_add(out, stock_before);
    if (orders > 0) {
        text_format(out, some_orders, orders);
    }
}

const char *order_sql_vacuum(void)
{
    return "vacuum analyze items, orders, order_lines";
}

const char *order_sql_totals(void)
{
    return totals;
}
