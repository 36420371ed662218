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
import java.util.Map;
import java.util.Optional;
import org.postgresql.PGStatement;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Orders in PostgreSQL. The tables are there already: whoever runs the service has made them. */
class OrderStore implements AutoCloseable {
    private static final int PREPARED_AFTER = 5; // times, as the driver has it by default

    private static final String LOCK_ITEMS = withoutNumbers(Database.LOCK_ITEMS);
    private static final String STORE_ORDER = withoutNumbers(Database.STORE_ORDER);
    private static final String READ_ORDER = withoutNumbers(Database.READ_ORDER);

    private final HikariDataSource pool;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;

    /** Connects when it is first used, so that the database need not be there yet. */
    OrderStore(String url, int cores) {
        pool = new HikariDataSource(configuration(URI.create(url), cores));
        jdbc = new JdbcTemplate(pool);
        transaction = new TransactionTemplate(new JdbcTransactionManager(pool));
    }

    /** JDBC's parameters have no numbers. */
    private static String withoutNumbers(String sql) {
        return sql.replaceAll("\\$\\d", "?");
    }

    private static HikariConfig configuration(URI url, int cores) {
        String[] user = url.getRawUserInfo().split(":", 2);
        HikariConfig configuration = new HikariConfig();
        configuration.setJdbcUrl("jdbc:postgresql://" + url.getHost() + ":" + url.getPort() + url.getRawPath());
        configuration.setUsername(decoded(user[0]));
        configuration.setPassword(user.length > 1 ? decoded(user[1]) : "");
        configuration.setMaximumPoolSize(Database.CONNECTIONS_PER_CORE * cores);
        configuration.setMinimumIdle(0);
        configuration.setInitializationFailTimeout(-1);
        configuration.setConnectionTimeout(Database.CONNECTION.toMillis());
        configuration.addDataSourceProperty("connectTimeout", Long.toString(Database.CONNECTION.toSeconds()));
        configuration.addDataSourceProperty("socketTimeout", Long.toString(Database.ANSWER.toSeconds()));
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
            Draft draft = Draft.of(order, lock(order));
            return jdbc.query(connection -> storing(connection, draft), result -> {
                result.next();
                return draft.stored(result.getLong(1), result.getLong(2));
            });
        });
    }

    private Map<Long, Draft.Stocked> lock(NewOrder order) {
        Map<Long, Draft.Stocked> items = new HashMap<>();
        jdbc.query(connection -> {
            PreparedStatement statement = prepared(connection, LOCK_ITEMS);
            statement.setArray(1, connection.createArrayOf("bigint", order.itemIds()));
            return statement;
        }, row -> {
            items.put(row.getLong(1), new Draft.Stocked(row.getInt(2), row.getInt(3)));
        });
        return items;
    }

    private static PreparedStatement prepared(Connection connection, String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.unwrap(PGStatement.class).setPrepareThreshold(PREPARED_AFTER);
        return statement;
    }

    private static PreparedStatement storing(Connection connection, Draft draft) throws SQLException {
        PreparedStatement statement = prepared(connection, STORE_ORDER);
        statement.setArray(1, connection.createArrayOf("bigint", draft.itemIds()));
        statement.setArray(2, connection.createArrayOf("integer", draft.quantities()));
        statement.setArray(3, connection.createArrayOf("integer", draft.pricesCents()));
        statement.setString(4, draft.customer());
        statement.setLong(5, draft.totalCents());
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
