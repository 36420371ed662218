package twofold.fanout;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Duration;
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
import twofold.web.Parameters;

/** Asks the slow upstream for many values at once. */
class Upstream {
    private static final Duration CALL = Duration.ofSeconds(2);
    private static final int CONNECTIONS = 4096;
    private static final TimeValue KEPT = TimeValue.ofSeconds(75);

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
                .setConnectTimeout(Timeout.of(CALL))
                .setSocketTimeout(Timeout.of(CALL))
                .setValidateAfterInactivity(TimeValue.NEG_ONE_SECOND)
                .build();
        return HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setMaxConnTotal(CONNECTIONS)
                        .setMaxConnPerRoute(CONNECTIONS)
                        .setDefaultConnectionConfig(connection)
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(Timeout.of(CALL))
                        .setResponseTimeout(Timeout.of(CALL))
                        .setDefaultKeepAlive(KEPT.getDuration(), KEPT.getTimeUnit())
                        .build())
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
    }

    /** What each call brought, in the order of the calls: null where it failed. All have the same two seconds. */
    List<Long> values(long key, int calls) throws InterruptedException {
        long until = System.nanoTime() + CALL.toNanos();
        List<Future<Long>> going = new ArrayList<>(calls);
        for (int i = 0; i < calls; i++) {
            int call = i;
            going.add(threads.submit(() -> value(key, call)));
        }
        List<Long> values = new ArrayList<>(calls);
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

    private Long value(long key, int call) {
        return client.get().uri("/values/{key}/{call}", key, call).exchange((request, response) -> {
            if (response.getStatusCode().value() != HttpStatus.OK.value()) {
                return null;
            }
            Long value = mapper.readValue(response.getBody(), Answer.class).value();
            return value != null && Math.abs(value) <= Parameters.MAX_SAFE_INTEGER ? value : null;
        });
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Answer(Long value) {
    }
}
