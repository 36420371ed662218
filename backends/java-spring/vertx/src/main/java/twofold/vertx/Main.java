package twofold.vertx;

import ai.onnxruntime.OrtException;
import com.nimbusds.jose.JOSEException;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import twofold.Settings;

/** The catalog contract on Vert.x. */
public final class Main {
    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    /** A start that ends before it serves: for the cache of classes. */
    private static final String TRAINING = "twofold.training";

    private static final int START_S = 30;
    private static final int STOP_S = 5;

    private Main() {
    }

    public static void main(String[] arguments) throws InterruptedException {
        try {
            start();
        } catch (ExecutionException | TimeoutException | OrtException | JOSEException | RuntimeException failed) {
            LOG.error("the start failed", failed);
            Runtime.getRuntime().halt(1);
        }
    }

    private static void start()
            throws InterruptedException, ExecutionException, TimeoutException, OrtException, JOSEException {
        Settings settings = Settings.of(System::getenv);
        String host = System.getenv("HOST");
        int port = Integer.parseInt(System.getenv("PORT"));
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(settings.cores())
                .setPreferNativeTransport(true));
        Shared shared = Shared.of(vertx, settings);
        DeploymentOptions everywhere = new DeploymentOptions().setInstances(settings.cores());
        String servers = await(vertx.deployVerticle(() -> new Server(shared, host, port), everywhere), START_S);
        if (Boolean.getBoolean(TRAINING)) {
            close(vertx, servers);
        } else {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(vertx, servers), "stop"));
        }
    }

    /** The servers first, since what they still answer needs all the rest. */
    private static void close(Vertx vertx, String servers) throws InterruptedException, ExecutionException, TimeoutException {
        await(vertx.undeploy(servers), STOP_S);
        await(vertx.close(), STOP_S);
    }

    /** A JVM that a signal ends says so by its status, 143; after a stop that went well the contract wants 0. */
    private static void stop(Vertx vertx, String servers) {
        int status = 1;
        try {
            close(vertx, servers);
            status = 0;
        } catch (InterruptedException | ExecutionException | TimeoutException failed) {
            LOG.error("the stop failed", failed);
        }
        Runtime.getRuntime().halt(status);
    }

    private static <T> T await(Future<T> future, int seconds) throws InterruptedException, ExecutionException, TimeoutException {
        return future.toCompletionStage().toCompletableFuture().get(seconds, TimeUnit.SECONDS);
    }
}
