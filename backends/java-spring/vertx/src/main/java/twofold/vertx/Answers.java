package twofold.vertx;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.HttpURLConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import twofold.web.Problem;
import twofold.web.Refusal;

/** Writes what was found, and makes a problem of whatever a handler, or the way to it, ends with. */
final class Answers {
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
    private static final CharSequence PROBLEM = HttpHeaders.createOptimized("application/problem+json");

    private final JsonMapper mapper;

    Answers(JsonMapper mapper) {
        this.mapper = mapper;
    }

    void ok(RoutingContext ctx, Object value) {
        json(ctx, HttpURLConnection.HTTP_OK, value);
    }

    void created(RoutingContext ctx, String where, Object value) {
        ctx.response().putHeader(HttpHeaders.LOCATION, where);
        json(ctx, HttpURLConnection.HTTP_CREATED, value);
    }

    void json(RoutingContext ctx, int status, Object value) {
        try {
            write(ctx, status, JSON, value);
        } catch (JacksonException failure) { // It is thrown to nobody, where a future has called.
            ctx.fail(failure);
        }
    }

    private void write(RoutingContext ctx, int status, CharSequence type, Object value) {
        Buffer body = Buffer.buffer(mapper.writeValueAsBytes(value));
        ctx.response().setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, type).end(body);
    }

    /** Behind all routes of the router. */
    void makeProblems(Router router) {
        router.errorHandler(HttpURLConnection.HTTP_NOT_FOUND, this::problem);
        router.errorHandler(HttpURLConnection.HTTP_BAD_METHOD, this::problem);
        router.errorHandler(HttpURLConnection.HTTP_BAD_REQUEST, this::problem);
        router.route().failureHandler(this::problem);
    }

    /** Vert.x's own failures know their status: no such path, no such method, too large. All else is a mistake of ours. */
    private void problem(RoutingContext ctx) {
        HttpServerResponse response = ctx.response();
        if (response.closed() || response.ended()) {
            return; // A client that has gone, or that has its answer.
        }
        Throwable failure = ctx.failure();
        int status = ctx.statusCode();
        if (failure instanceof Refusal refusal) {
            refusal.headers().forEach(response::putHeader);
            write(ctx, refusal.status(), refusal.getMessage());
        } else if (status > 0 && status != HttpURLConnection.HTTP_INTERNAL_ERROR) {
            write(ctx, status, "This request cannot be answered.");
        } else {
            LOG.error("unexpected", failure);
            write(ctx, HttpURLConnection.HTTP_INTERNAL_ERROR, Problem.FAILED);
        }
    }

    private void write(RoutingContext ctx, int status, String detail) {
        write(ctx, status, PROBLEM, Problem.of(status, HttpResponseStatus.valueOf(status).reasonPhrase(), detail));
    }
}
