package twofold.vertx;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import twofold.orders.Database;
import twofold.orders.Draft;
import twofold.orders.NewOrder;
import twofold.orders.Order;
import twofold.orders.OrderRefusal;
import twofold.web.Refusal;

/** Orders in PostgreSQL. The tables are there already: whoever runs the service has made them. */
final class OrderStore {
    private static final Logger LOG = LoggerFactory.getLogger(OrderStore.class);

    private final Pool pool;

    /** Connects when it is first used, so that the database need not be there yet. */
    OrderStore(Vertx vertx, String url, int cores) {
        pool = PgBuilder.pool()
                .with(new PoolOptions()
                        .setMaxSize(Database.CONNECTIONS_PER_CORE * cores)
                        .setConnectionTimeout((int) Database.CONNECTION.toSeconds())
                        .setConnectionTimeoutUnit(TimeUnit.SECONDS))
                .with(new NetClientOptions().setConnectTimeout((int) Database.CONNECTION.toMillis()))
                .connectingTo(PgConnectOptions.fromUri(url).setCachePreparedStatements(true))
                .using(vertx)
                .build();
    }

    /** Stores the order and takes its stock, or changes nothing and fails. */
    Future<Order> place(NewOrder order) {
        return served(pool.withTransaction(connection -> lock(connection, order)
                .compose(items -> store(connection, Draft.of(order, items)))));
    }

    private static Future<Map<Long, Draft.Stocked>> lock(SqlConnection connection, NewOrder order) {
        return connection.preparedQuery(Database.LOCK_ITEMS).execute(Tuple.of(order.itemIds())).map(rows -> {
            Map<Long, Draft.Stocked> items = new HashMap<>();
            for (Row row : rows) {
                items.put(row.getLong(0), new Draft.Stocked(row.getInteger(1), row.getInteger(2)));
            }
            return items;
        });
    }

    private static Future<Order> store(SqlConnection connection, Draft draft) {
        return connection.preparedQuery(Database.STORE_ORDER)
                .execute(Tuple.of(draft.itemIds(), draft.quantities(), draft.pricesCents(), draft.customer(), draft.totalCents()))
                .map(rows -> {
                    Row stored = rows.iterator().next();
                    return draft.stored(stored.getLong(0), stored.getLong(1));
                });
    }

    Future<Order> get(long id) {
        return served(pool.withConnection(connection -> connection.preparedQuery(Database.READ_ORDER)
                .execute(Tuple.of(id))
                .map(rows -> read(id, rows))));
    }

    private static Order read(long id, RowSet<Row> rows) {
        if (rows.size() == 0) {
            throw OrderRefusal.noOrder(id);
        }
        Row first = rows.iterator().next();
        Order order = new Order(id, first.getString(0), first.getLong(1), new ArrayList<>(rows.size()));
        for (Row row : rows) {
            order.lines().add(new Order.Line(row.getLong(2), row.getInteger(3), row.getInteger(4)));
        }
        return order;
    }

    private static <T> Future<T> served(Future<T> asked) {
        return asked.timeout(Database.ANSWER.toMillis(), TimeUnit.MILLISECONDS).recover(failure -> {
            if (failure instanceof Refusal) {
                return Future.failedFuture(failure);
            }
            LOG.debug("the database", failure);
            return Future.failedFuture(OrderRefusal.notServed());
        });
    }
}
