package twofold.vertx;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpResponseExpectation;
import io.vertx.core.http.PoolOptions;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.json.JsonMapper;
import twofold.fanout.FanOut;

/** Asks the slow upstream for many values at once. */
final class Upstream {
    private final HttpClient client;
    private final JsonMapper mapper;

    Upstream(Vertx vertx, String url, JsonMapper mapper) {
        this.mapper = mapper;
        URI address = URI.create(url);
        client = vertx.createHttpClient(new HttpClientOptions()
                .setDefaultHost(address.getHost())
                .setDefaultPort(address.getPort())
                .setConnectTimeout((int) FanOut.CALL.toMillis())
                .setKeepAliveTimeout((int) FanOut.KEPT.toSeconds()), new PoolOptions().setHttp1MaxSize(FanOut.CONNECTIONS));
    }

    Future<FanOut> fanOut(FanOut.Wanted wanted) {
        List<Future<Long>> calls = new ArrayList<>(wanted.calls());
        for (int call = 0; call < wanted.calls(); call++) {
            calls.add(value(wanted.path(call)));
        }
        return Future.all(calls).map(all -> FanOut.of(wanted.key(), all.list()));
    }

    /** What a call brought: null where it failed. One that is late is ended, and its connection with it. */
    private Future<Long> value(String path) {
        Future<HttpClientRequest> request = client.request(HttpMethod.GET, path);
        return request
                .compose(sent -> sent.send().expecting(HttpResponseExpectation.SC_OK).compose(HttpClientResponse::body))
                .map(this::valueOf)
                .timeout(FanOut.CALL.toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(failure -> {
                    if (failure instanceof TimeoutException) {
                        request.onSuccess(HttpClientRequest::reset);
                    }
                })
                .otherwiseEmpty();
    }

    private Long valueOf(Buffer answer) {
        return mapper.readValue(answer.getBytes(), FanOut.Answer.class).exact();
    }
}
