package twofold.vertx;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import twofold.web.Connections;

/** The HTTP server of one event loop. All of them listen on one port, and Vert.x deals the connections out to them. */
final class Server extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(Server.class);

    private static final int STOP_S = 4;

    private final Shared shared;
    private final String host;
    private final int port;
    private HttpServer server;

    Server(Shared shared, String host, int port) {
        this.shared = shared;
        this.host = host;
        this.port = port;
    }

    @Override
    public Future<?> start() {
        server = vertx.createHttpServer(new HttpServerOptions()
                .setAcceptBacklog(Connections.ACCEPT_QUEUE)
                .setIdleTimeout((int) Connections.IDLE.toSeconds())
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setHttp2ClearTextEnabled(false));
        server.connectionHandler(Server::connected);
        server.requestHandler(new Api(vertx, shared).router());
        return server.listen(port, host);
    }

    private static void connected(HttpConnection connection) {
        connection.exceptionHandler(gone -> LOG.debug("a connection", gone));
        Patience.watch(connection);
    }

    /** Where it listens, once it has started. */
    int port() {
        return server.actualPort();
    }

    @Override
    public Future<?> stop() {
        return server.shutdown(STOP_S, TimeUnit.SECONDS);
    }
}
