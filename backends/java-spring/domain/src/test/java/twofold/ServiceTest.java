package twofold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A whole service, by HTTP. `twofold verify` asks it far more; here is what broke, or might. */
public abstract class ServiceTest {
    private static final Path CONTRACT = Path.of(System.getenv().getOrDefault("CONTRACT_FOLDER", "../../contract"));
    private static final HttpServer UPSTREAM = upstream();

    private final HttpClient client = HttpClient.newHttpClient();
    private final JsonMapper mapper = new JsonMapper();

    /** Where the service listens on 127.0.0.1. */
    protected abstract int port();

    /** The variables that it is started with, besides HOST and PORT. */
    protected static Map<String, String> variables() {
        return Map.of(
                "CORES", "2",
                "TABLE_ROWS", "2000",
                "FAULTS", "1",
                "TOKEN_KEY", "a key of the tests, of more than 256 bits",
                "ACCOUNTS_FILE", CONTRACT.resolve("accounts/members.json").toString(),
                "MODEL_FILE", CONTRACT.resolve("model/trees.onnx").toString(),
                "UPSTREAM_URL", "http://127.0.0.1:" + UPSTREAM.getAddress().getPort());
    }

    /** Its value is the number of the call; call 2 fails, and the key 9 answers what is none. */
    private static HttpServer upstream() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
            server.createContext("/values/", exchange -> {
                String[] parts = exchange.getRequestURI().getPath().split("/");
                byte[] body = ("9".equals(parts[2]) ? "{}" : "{\"value\": " + parts[3] + "}").getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders("2".equals(parts[3]) ? 503 : 200, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @AfterAll
    static void stopUpstream() {
        UPSTREAM.stop(0);
    }

    @Test
    void anItemIsCreatedReadReplacedAndDeleted() throws Exception {
        HttpResponse<String> created = send("POST", "/items", "{\"name\":\"Löwe 😀\",\"price_cents\":5}");
        assertEquals(201, created.statusCode());
        String where = created.headers().firstValue("Location").orElseThrow();
        assertEquals("application/json", created.headers().firstValue("Content-Type").orElseThrow());
        JsonNode item = mapper.readTree(send("GET", where, null).body());
        assertEquals("Löwe 😀", item.get("name").asString());
        assertEquals(0, item.get("stock").asInt());
        assertTrue(item.get("tags").isEmpty() && item.get("tags").isArray());
        assertEquals(200, send("PUT", where, "{\"name\":\"x\",\"price_cents\":0,\"stock\":3,\"tags\":[\"a\"]}").statusCode());
        assertEquals(204, send("DELETE", where, null).statusCode());
        assertProblem(404, send("GET", where, null));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0000', value = {
        "400 | {",
        "400 | {\"name\":5",
        "400 | {\"name\":\"a\",\"price_cents\":1} {}",
        "422 | []",
        "422 | null",
        "422 | {\"price_cents\":1}",
        "422 | {\"name\":\"a\"}",
        "422 | {\"name\":null,\"price_cents\":1}",
        "422 | {\"name\":1,\"price_cents\":1}",
        "422 | {\"name\":true,\"price_cents\":1}",
        "422 | {\"name\":\"\",\"price_cents\":1}",
        "422 | {\"name\":\"a\",\"price_cents\":\"1\"}",
        "422 | {\"name\":\"a\",\"price_cents\":1.5}",
        "422 | {\"name\":\"a\",\"price_cents\":true}",
        "422 | {\"name\":\"a\",\"price_cents\":null}",
        "422 | {\"name\":\"a\",\"price_cents\":100000001}",
        "422 | {\"name\":\"a\",\"price_cents\":99999999999999999999}",
        "422 | {\"name\":\"a\",\"price_cents\":1,\"stock\":null}",
        "422 | {\"name\":\"a\",\"price_cents\":1,\"tags\":null}",
        "422 | {\"name\":\"a\",\"price_cents\":1,\"tags\":\"a\"}",
        "422 | {\"name\":\"a\",\"price_cents\":1,\"tags\":[null]}",
        "422 | {\"name\":\"a\",\"price_cents\":1,\"tags\":[1]}",
        "422 | {\"name\":\"a\",\"price_cents\":1,\"tags\":[\"\"]}",
        "422 | {\"name\":\"a\",\"price_cents\":1,\"id\":7}"})
    void aBodyThatIsNoItemIsRefused(int status, String body) throws Exception {
        assertProblem(status, send("POST", "/items", body));
    }

    @Test
    void bytesThatAreNoTextAreNotJson() throws Exception {
        byte[] wide = "{\"name\":\"a\",\"price_cents\":1}".getBytes(StandardCharsets.UTF_16LE);
        assertProblem(400, send("POST", "/items", "application/json", wide));
        assertProblem(400, send("POST", "/items", "application/json", new byte[] {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'}));
    }

    @Test
    void theIdIsCheckedBeforeTheTypeAndTheTypeBeforeTheBody() throws Exception {
        assertProblem(422, send("PUT", "/items/x", "text/plain", new byte[0]));
        assertProblem(415, send("PUT", "/items/1", "application/vnd.api+json", new byte[0]));
        assertProblem(400, send("PUT", "/items/123456", "application/json; charset=utf-8", new byte[0]));
        assertProblem(413, send("POST", "/items", "application/json", new byte[(1 << 20) + 1]));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/items/0", "/items/-1", "/items/9007199254740992", "/items?limit=0", "/items?limit=1001",
        "/items?limit=", "/items?limit=1e1", "/items?after=-1", "/items/search", "/items/search?q=", "/fanout", "/fanout?key=1&calls=65",
        "/report?rows=999", "/report?rows=2001", "/orders/x"})
    void aParameterOutOfItsRangeIsRefused(String path) throws Exception {
        assertProblem(422, send("GET", path, null));
    }

    @Test
    void whatIsNotThereIsAProblem() throws Exception {
        assertProblem(404, send("GET", "/nothing", null));
        assertProblem(404, send("GET", "/items/1/", null));
        assertProblem(405, send("PATCH", "/items/1", "{}"));
        assertProblem(503, send("GET", "/orders/1", null));
        assertEquals(200, send("GET", "/items?unknown=1&limit=2", null).statusCode());
    }

    @Test
    void bothSearchesFindTheSame() throws Exception {
        String found = send("GET", "/items/search?q=kodi%20difese", null).body();
        assertEquals(1, mapper.readTree(found).get("items").get(0).get("id").asInt());
        assertEquals(found, send("GET", "/items/search-native?q=kodi%20difese", null).body());
    }

    @Test
    void aSeriesIsSummarised() throws Exception {
        JsonNode summary = mapper.readTree(send("POST", "/series/summary", "{\"values\":[1,2e0,3]}").body());
        assertEquals(2, summary.get("mean").asDouble(), 1e-12);
        for (String wrong : new String[] {"[]", "[null]", "[\"1\"]", "[\"NaN\"]", "[true]", "[1e10]", "null", "1"}) {
            assertProblem(422, send("POST", "/series/summary", "{\"values\":" + wrong + "}"));
        }
    }

    @Test
    void aFanOutTellsWhichCallsFailed() throws Exception {
        assertEquals("{\"key\":7,\"partial\":true,\"sum\":4,\"results\":[{\"call\":0,\"value\":0},{\"call\":1,\"value\":1},"
                + "{\"call\":2,\"value\":null},{\"call\":3,\"value\":3}]}", send("GET", "/fanout?key=7&calls=4", null).body());
        assertTrue(send("GET", "/fanout?key=9&calls=1", null).body().contains("\"value\":null"));
    }

    @Test
    void aMemberLogsInAndReads() throws Exception {
        HttpResponse<String> good = send("POST", "/login", "{\"name\":\"member-1\",\"password\":\"kodi difece!\"}");
        assertEquals(200, good.statusCode());
        String token = mapper.readTree(good.body()).get("token").asString();
        assertEquals(200, read("Bearer " + token).statusCode());
        for (String wrong : new String[] {"Bearer " + token + "x", "Basic " + token, "Bearer ", "Bearer a.b.c"}) {
            assertProblem(401, read(wrong));
        }
        HttpResponse<String> bad = send("POST", "/login", "{\"name\":\"nobody\",\"password\":\"kodi difece!\"}");
        assertProblem(401, bad);
        assertEquals("Bearer", bad.headers().firstValue("WWW-Authenticate").orElseThrow());
    }

    @Test
    void rowsAreScoredAsTheCasesSay() throws Exception {
        JsonNode cases = mapper.readTree(CONTRACT.resolve("model/cases.json"));
        JsonNode rows = cases.get("rows");
        StringBuilder features = new StringBuilder();
        for (int row = 0; row < 3; row++) {
            for (JsonNode feature : rows.get(row)) {
                features.append(features.isEmpty() ? "" : ",").append(feature);
            }
        }
        JsonNode scores = mapper.readTree(send("POST", "/inference", "{\"features\":[" + features + "]}").body()).get("scores");
        for (int row = 0; row < 3; row++) {
            assertEquals(cases.get("scores").get(row).asDouble(), scores.get(row).asDouble(), 1e-5);
        }
        assertProblem(422, send("POST", "/inference", "{\"features\":[1,2,3]}"));
    }

    @Test
    void anExceptionIsAnsweredAndEndsNothing() throws Exception {
        assertProblem(500, send("POST", "/fault?kind=panic", null));
        assertProblem(500, send("POST", "/fault?kind=stack", null));
        assertEquals(202, send("POST", "/fault?kind=timer", null).statusCode());
        assertProblem(422, send("POST", "/fault?kind=other", null));
        assertEquals(200, send("GET", "/healthz", null).statusCode());
    }

    private HttpResponse<String> read(String authorization) throws Exception {
        return client.send(request("/members/items/1").header("Authorization", authorization).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        if (body == null) {
            return client.send(request(path).method(method, BodyPublishers.noBody()).build(), BodyHandlers.ofString());
        }
        return send(method, path, "application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    private HttpResponse<String> send(String method, String path, String type, byte[] body) throws Exception {
        return client.send(request(path).header("Content-Type", type).method(method, BodyPublishers.ofByteArray(body)).build(),
                BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path));
    }

    private void assertProblem(int status, HttpResponse<String> response) throws Exception {
        assertEquals(status, response.statusCode(), response.body());
        assertEquals("application/problem+json", response.headers().firstValue("Content-Type").orElseThrow());
        JsonNode problem = mapper.readTree(response.body());
        assertEquals(status, problem.get("status").asInt());
        for (String member : new String[] {"type", "title", "detail"}) {
            assertTrue(problem.get(member).isString(), member);
        }
    }
}
