package twofold.orders;

import java.net.URI;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import twofold.Settings;
import twofold.web.JsonBody;
import twofold.web.PathId;

@RestController
class OrdersController implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OrdersController.class);

    private final OrderStore store;

    OrdersController(Settings settings) {
        store = settings.databaseUrl().isEmpty() ? null : new OrderStore(settings.databaseUrl(), settings.cores());
    }

    @PostMapping("/orders")
    ResponseEntity<Order> place(@JsonBody NewOrder order) {
        Order placed = asked(() -> store.place(order));
        return ResponseEntity.created(URI.create("/orders/" + placed.id())).body(placed);
    }

    @GetMapping("/orders/{id}")
    Order get(@PathId long id) {
        return asked(() -> store.get(id)).orElseThrow(() -> OrderRefusal.noOrder(id));
    }

    private <T> T asked(Supplier<T> what) {
        if (store == null) {
            throw OrderRefusal.noDatabase();
        }
        try {
            return what.get();
        } catch (DataAccessException | TransactionException failure) {
            LOG.debug("the database", failure);
            throw OrderRefusal.notServed();
        }
    }

    @Override
    public void close() {
        if (store != null) {
            store.close();
        }
    }
}
