package twofold.vertx;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import twofold.ServiceTest;
import twofold.Settings;

class VertxServiceTest extends ServiceTest {
    private static final Vertx VERTX = Vertx.vertx();

    private static Server server;

    @BeforeAll
    static void start() throws Exception {
        Settings settings = Settings.of(variables()::get);
        server = new Server(Shared.of(VERTX, settings), "127.0.0.1", 0);
        await(VERTX.deployVerticle(server));
    }

    @AfterAll
    static void stop() throws Exception {
        await(VERTX.close());
    }

    private static void await(Future<?> future) throws Exception {
        future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Override
    protected int port() {
        return server.port();
    }
}
