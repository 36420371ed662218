package twofold.orders;

import java.time.Duration;

/**
 * What the contract says of the database. The parameters of the statements stand in them in ascending order, as drivers want
 * them that have no numbers.
 */
public final class Database {
    public static final int CONNECTIONS_PER_CORE = 8;

    /** How long a request waits for a connection, and a connection to be made. */
    public static final Duration CONNECTION = Duration.ofSeconds(5);

    /** How long the database has to answer. */
    public static final Duration ANSWER = Duration.ofSeconds(10);

    /** In the order of the ids: two orders that share items then wait for each other, and never in a circle. */
    public static final String LOCK_ITEMS =
            "select id, price_cents, stock from items where id = any($1) order by id for no key update";

    /** The order, the stock that it takes, its lines. The result is its id, and how many items had the stock. */
    public static final String STORE_ORDER = """
            with wanted as (
                select * from unnest($1::bigint[], $2::integer[], $3::integer[]) with ordinality
                    as line (item_id, quantity, price_cents, line_number)
            ), placed as (
                insert into orders (customer, total_cents) values ($4, $5) returning id
            ), taken as (
                update items set stock = stock - quantity from wanted
                    where items.id = item_id and stock >= quantity returning items.id
            ), lines as (
                insert into order_lines (order_id, line_number, item_id, quantity, price_cents)
                    select placed.id, line_number, item_id, quantity, price_cents from placed, wanted
            )
            select placed.id, (select count(*) from taken) from placed""";

    /** A row for each line, the order's own columns first. */
    public static final String READ_ORDER = """
            select customer, total_cents, item_id, quantity, price_cents
                from orders join order_lines on order_id = id where id = $1 order by line_number""";

    private Database() {
    }
}
