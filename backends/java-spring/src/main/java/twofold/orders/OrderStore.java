package twofold.orders;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.postgresql.PGStatement;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import twofold.web.Refusal;

/** Orders in PostgreSQL. The tables are there already: whoever runs the service has made them. */
class OrderStore implements AutoCloseable {
    private static final int CONNECTIONS_PER_CORE = 8;
    private static final int CONNECTION_TIMEOUT_MS = 5_000;
    private static final int PREPARED_AFTER = 5; // times, as the driver has it by default
    private static final String CONNECT_TIMEOUT_S = "5";
    private static final String ANSWER_TIMEOUT_S = "10";

    /** In the order of the ids: two orders that share items then wait for each other, and never in a circle. */
    private static final String LOCK_ITEMS =
            "select id, price_cents, stock from items where id = any(?) order by id for no key update";

    /** The order, the stock that it takes, its lines. */
    private static final String STORE_ORDER = """
            with wanted as (
                select * from unnest(?::bigint[], ?::integer[], ?::integer[]) with ordinality
                    as line (item_id, quantity, price_cents, line_number)
            ), placed as (
                insert into orders (customer, total_cents) values (?, ?) returning id
            ), taken as (
                update items set stock = stock - quantity from wanted
                    where items.id = item_id and stock >= quantity returning items.id
            ), lines as (
                insert into order_lines (order_id, line_number, item_id, quantity, price_cents)
                    select placed.id, line_number, item_id, quantity, price_cents from placed, wanted
            )
            select placed.id, (select count(*) from taken) from placed""";

    private static final String READ_ORDER = """
            select customer, total_cents, item_id, quantity, price_cents
                from orders join order_lines on order_id = id where id = ? order by line_number""";

    private final HikariDataSource pool;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;

    /** Connects when it is first used, so that the database need not be there yet. */
    OrderStore(String url, int cores) {
        pool = new HikariDataSource(configuration(URI.create(url), cores));
        jdbc = new JdbcTemplate(pool);
        transaction = new TransactionTemplate(new JdbcTransactionManager(pool));
    }

    private static HikariConfig configuration(URI url, int cores) {
        String[] user = url.getRawUserInfo().split(":", 2);
        HikariConfig configuration = new HikariConfig();
        configuration.setJdbcUrl("jdbc:postgresql://" + url.getHost() + ":" + url.getPort() + url.getRawPath());
        configuration.setUsername(decoded(user[0]));
        configuration.setPassword(user.length > 1 ? decoded(user[1]) : "");
        configuration.setMaximumPoolSize(CONNECTIONS_PER_CORE * cores);
        configuration.setMinimumIdle(0);
        configuration.setInitializationFailTimeout(-1);
        configuration.setConnectionTimeout(CONNECTION_TIMEOUT_MS);
        configuration.addDataSourceProperty("connectTimeout", CONNECT_TIMEOUT_S);
        configuration.addDataSourceProperty("socketTimeout", ANSWER_TIMEOUT_S);
        // Of begin and commit; of the others prepared() decides. PostgreSQL counts a commit that is prepared only once.
        configuration.addDataSourceProperty("prepareThreshold", "0");
        return configuration;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Stores the order and takes its stock, or changes nothing and throws. */
    Order place(NewOrder order) {
        return transaction.execute(status -> {
            List<Order.Line> lines = priced(order);
            long total = lines.stream().mapToLong(line -> (long) line.quantity() * line.priceCents()).sum();
            long id = jdbc.query(connection -> storing(connection, order.customer(), total, lines), result -> {
                result.next();
                if (result.getInt(2) != lines.size()) {
                    throw new Refusal(HttpStatus.CONFLICT, "The stock is too low.");
                }
                return result.getLong(1);
            });
            return new Order(id, order.customer(), total, lines);
        });
    }

    private record Stocked(int priceCents, int stock) {
    }

    private List<Order.Line> priced(NewOrder order) {
        Map<Long, Stocked> items = lock(order);
        List<Order.Line> priced = new ArrayList<>(order.lines().size());
        for (NewOrder.Line line : order.lines()) {
            Stocked item = items.get(line.itemId());
            if (item == null) {
                throw Refusal.unprocessable("There is no item " + line.itemId() + ".");
            }
            if (item.stock() < line.quantity()) {
                throw new Refusal(HttpStatus.CONFLICT, "There is not enough of item " + line.itemId() + " in stock.");
            }
            priced.add(new Order.Line(line.itemId(), line.quantity(), item.priceCents()));
        }
        return priced;
    }

    private Map<Long, Stocked> lock(NewOrder order) {
        Map<Long, Stocked> items = new HashMap<>();
        jdbc.query(connection -> {
            PreparedStatement statement = prepared(connection, LOCK_ITEMS);
            statement.setArray(1, connection.createArrayOf("bigint", order.lines().stream().map(NewOrder.Line::itemId).toArray()));
            return statement;
        }, row -> {
            items.put(row.getLong(1), new Stocked(row.getInt(2), row.getInt(3)));
        });
        return items;
    }

    private static PreparedStatement prepared(Connection connection, String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.unwrap(PGStatement.class).setPrepareThreshold(PREPARED_AFTER);
        return statement;
    }

    private static PreparedStatement storing(Connection connection, String customer, long total, List<Order.Line> lines)
            throws SQLException {
        PreparedStatement statement = prepared(connection, STORE_ORDER);
        statement.setArray(1, connection.createArrayOf("bigint", lines.stream().map(Order.Line::itemId).toArray()));
        statement.setArray(2, connection.createArrayOf("integer", lines.stream().map(Order.Line::quantity).toArray()));
        statement.setArray(3, connection.createArrayOf("integer", lines.stream().map(Order.Line::priceCents).toArray()));
        statement.setString(4, customer);
        statement.setLong(5, total);
        return statement;
    }

    Optional<Order> get(long id) {
        return jdbc.query(connection -> {
            PreparedStatement statement = prepared(connection, READ_ORDER);
            statement.setLong(1, id);
            return statement;
        }, rows -> {
            if (!rows.next()) {
                return Optional.empty();
            }
            Order order = new Order(id, rows.getString(1), rows.getLong(2), new ArrayList<>());
            do {
                order.lines().add(new Order.Line(rows.getLong(3), rows.getInt(4), rows.getInt(5)));
            } while (rows.next());
            return Optional.of(order);
        });
    }

    @Override
    public void close() {
        pool.close();
    }
}
