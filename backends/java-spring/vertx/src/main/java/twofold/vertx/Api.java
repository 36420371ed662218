package twofold.vertx;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import twofold.catalog.Item;
import twofold.catalog.NewItem;
import twofold.catalog.Search;
import twofold.fanout.FanOut;
import twofold.fault.Fault;
import twofold.inference.Scoring;
import twofold.members.Members;
import twofold.orders.NewOrder;
import twofold.orders.Order;
import twofold.orders.OrderRefusal;
import twofold.series.Series;
import twofold.web.Health;
import twofold.web.JsonReader;
import twofold.web.Parameters;

/** The operations of the contract, on an event loop: what computes for long is done elsewhere. */
final class Api {
    private static final String ITEM = "/items/:id";

    private final Vertx vertx;
    private final Shared shared;
    private final Answers answers;
    private final Router router;

    Api(Vertx vertx, Shared shared) {
        this.vertx = vertx;
        this.shared = shared;
        answers = new Answers(shared.mapper());
        router = Router.router(vertx);
    }

    Router router() {
        router.route().handler(Api::requireExactPath);
        catalog();
        others();
        if (shared.faults()) {
            router.post("/fault").handler(this::fail);
        }
        answers.makeProblems(router);
        return router;
    }

    /** The router would take a path with a slash behind it for the one without. */
    private static void requireExactPath(RoutingContext ctx) {
        if (ctx.request().path().endsWith("/")) {
            ctx.fail(HttpURLConnection.HTTP_NOT_FOUND);
        } else {
            ctx.next();
        }
    }

    private void catalog() {
        router.get("/items").handler(ctx -> answers.ok(ctx, shared.items().list(parameters(ctx))));
        router.get("/items/search").handler(ctx -> {
            String text = Search.textOf(parameters(ctx));
            answer(ctx, computed(() -> shared.search().nearest(text)));
        });
        router.get("/items/search-native").handler(ctx -> {
            String text = Search.textOf(parameters(ctx));
            answer(ctx, computed(() -> shared.search().nearestNative(text)));
        });
        router.get(ITEM).handler(ctx -> answers.ok(ctx, shared.items().get(id(ctx))));
        router.delete(ITEM).handler(ctx -> {
            shared.items().delete(id(ctx));
            ctx.response().setStatusCode(HttpURLConnection.HTTP_NO_CONTENT).end();
        });
        withBody(HttpMethod.POST, "/items", JsonReader.MOST_BYTES, ctx -> {
            Item created = shared.items().create(body(ctx, NewItem.class));
            answers.created(ctx, "/items/" + created.id(), created);
        });
        withBody(HttpMethod.PUT, ITEM, JsonReader.MOST_BYTES,
                ctx -> answers.ok(ctx, shared.items().replace(id(ctx), body(ctx, NewItem.class))));
    }

    private void others() {
        router.get("/healthz").handler(ctx -> answers.ok(ctx, Health.OK));
        router.get("/fanout").handler(this::fanOut);
        router.get("/orders/:id").handler(this::getOrder);
        router.get("/members/items/:id").handler(ctx -> answers.ok(ctx, shared.members().item(
                ctx.request().getHeader(HttpHeaders.AUTHORIZATION), ctx.pathParam("id"))));
        router.get("/report").handler(ctx -> {
            int rows = shared.reports().rowsOf(parameters(ctx));
            answer(ctx, computed(() -> shared.reports().report(rows)));
        });
        withBody(HttpMethod.POST, "/orders", JsonReader.MOST_BYTES, this::placeOrder);
        withBody(HttpMethod.POST, "/login", JsonReader.MOST_BYTES, ctx -> {
            Members.Login login = body(ctx, Members.Login.class);
            answer(ctx, computed(() -> shared.members().logIn(login)));
        });
        // Of many numbers already the reading is long.
        withBody(HttpMethod.POST, "/series/summary", Series.MOST_BYTES, ctx -> {
            byte[] body = bytes(ctx);
            answer(ctx, computed(() -> shared.reader().read(body, Series.class).summary()));
        });
        withBody(HttpMethod.POST, "/inference", Scoring.MOST_BYTES, ctx -> {
            byte[] body = bytes(ctx);
            answer(ctx, computed(() -> {
                Scoring.Rows rows = shared.reader().read(body, Scoring.Rows.class);
                return shared.scoring().score(shared.scoring().featuresOf(rows));
            }));
        });
    }

    private void fanOut(RoutingContext ctx) {
        FanOut.Wanted wanted = FanOut.Wanted.of(parameters(ctx));
        if (shared.upstream() == null) {
            throw FanOut.noUpstream();
        }
        answer(ctx, shared.upstream().fanOut(wanted));
    }

    private void getOrder(RoutingContext ctx) {
        long id = id(ctx);
        requireDatabase();
        answer(ctx, shared.orders().get(id));
    }

    private void placeOrder(RoutingContext ctx) {
        NewOrder order = body(ctx, NewOrder.class);
        requireDatabase();
        Future<Order> placed = shared.orders().place(order);
        placed.onComplete(stored -> answers.created(ctx, "/orders/" + stored.id(), stored), ctx::fail);
    }

    private void requireDatabase() {
        if (shared.orders() == null) {
            throw OrderRefusal.noDatabase();
        }
    }

    private void fail(RoutingContext ctx) {
        try {
            Fault fault = Fault.make(parameters(ctx), later -> vertx.setTimer(Fault.DELAY_MS, timer -> later.run()));
            answers.json(ctx, fault.status(), fault);
        } catch (IOException | InterruptedException failed) {
            ctx.fail(failed);
        }
    }

    /** A route whose body is JSON: the id of its path is looked at first, then the type, and only then the body is read. */
    private void withBody(HttpMethod method, String path, int most, Consumer<RoutingContext> handler) {
        router.route(method, path).handler(ctx -> {
            if (ctx.pathParam("id") != null) {
                id(ctx);
            }
            JsonReader.requireJson(ctx.request().getHeader(HttpHeaders.CONTENT_TYPE));
            ctx.next();
        });
        router.route(method, path).handler(BodyHandler.create(false).setBodyLimit(most));
        router.route(method, path).handler(handler::accept);
    }

    private static long id(RoutingContext ctx) {
        return Parameters.id(ctx.pathParam("id"));
    }

    private static Parameters parameters(RoutingContext ctx) {
        return new Parameters(ctx.request().query());
    }

    private <T> T body(RoutingContext ctx, Class<T> type) {
        return shared.reader().read(bytes(ctx), type);
    }

    private static byte[] bytes(RoutingContext ctx) {
        Buffer body = ctx.body().buffer();
        return body == null ? new byte[0] : body.getBytes();
    }

    /** On a thread for what computes for long, in the order of arrival. */
    private <T> Future<T> computed(Callable<T> work) {
        return shared.cpu().executeBlocking(work, false);
    }

    private void answer(RoutingContext ctx, Future<?> result) {
        result.onComplete(value -> answers.ok(ctx, value), ctx::fail);
    }
}
