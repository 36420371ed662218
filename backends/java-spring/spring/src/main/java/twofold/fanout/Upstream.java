package twofold.fanout;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.json.JsonMapper;

/** Asks the slow upstream for many values at once. */
class Upstream {
    private static final Timeout CALL = Timeout.of(FanOut.CALL);

    private final RestClient client;
    private final JsonMapper mapper;
    private final AsyncTaskExecutor threads;

    /** A thread for each call, so that waiting has to cost it nothing. */
    Upstream(String url, JsonMapper mapper, AsyncTaskExecutor threads) {
        this.mapper = mapper;
        this.threads = threads;
        client = RestClient.builder().baseUrl(url).requestFactory(new HttpComponentsClientHttpRequestFactory(keeping())).build();
    }

    private static CloseableHttpClient keeping() {
        ConnectionConfig connection = ConnectionConfig.custom()
                .setConnectTimeout(CALL)
                .setSocketTimeout(CALL)
                .setValidateAfterInactivity(TimeValue.NEG_ONE_SECOND)
                .build();
        return HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setMaxConnTotal(FanOut.CONNECTIONS)
                        .setMaxConnPerRoute(FanOut.CONNECTIONS)
                        .setDefaultConnectionConfig(connection)
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(CALL)
                        .setResponseTimeout(CALL)
                        .setDefaultKeepAlive(FanOut.KEPT.toSeconds(), TimeUnit.SECONDS)
                        .build())
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
    }

    /** What each call brought, in the order of the calls: null where it failed. All have the same two seconds. */
    List<Long> values(FanOut.Wanted wanted) throws InterruptedException {
        long until = System.nanoTime() + FanOut.CALL.toNanos();
        List<Future<Long>> going = new ArrayList<>(wanted.calls());
        for (int i = 0; i < wanted.calls(); i++) {
            String path = wanted.path(i);
            going.add(threads.submit(() -> value(path)));
        }
        List<Long> values = new ArrayList<>(wanted.calls());
        for (Future<Long> each : going) {
            values.add(outcome(each, until));
        }
        return values;
    }

    private static Long outcome(Future<Long> call, long until) throws InterruptedException {
        try {
            return call.get(until - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            call.cancel(true);
            return null;
        } catch (ExecutionException | CancellationException failed) {
            return null;
        }
    }

    private Long value(String path) {
        return client.get().uri(path).exchange((request, response) -> response.getStatusCode().value() == HttpStatus.OK.value()
                ? mapper.readValue(response.getBody(), FanOut.Answer.class).exact() : null);
    }
}
