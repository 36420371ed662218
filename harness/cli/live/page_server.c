#include "live/page_server.h"

#include "base/clock.h"
#include "base/mem.h"

#include <llhttp.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <uv.h>

#define WATCHED_NS UINT64_C(5000000000)

static const char frame[] =
    "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>twofold, live</title><style>"
    "html,body,iframe{margin:0;border:0;width:100%;height:100%;display:block}</style></head><body>"
    "<iframe src=\"/page\" title=\"The report so far\"></iframe><script>\n"
    "const frame = document.querySelector('iframe');\nlet seen = 0;\n"
    "const look = async () => {\n"
    "    const state = await fetch('/state').then((answer) => answer.json(), () => null);\n"
    "    if (state === null) { document.title = 'twofold, ended'; return; }\n"
    "    if (state.pages !== seen) {\n"
    "        const down = frame.contentWindow.scrollY;\n"
    "        frame.onload = () => frame.contentWindow.scrollTo(0, down);\n"
    "        seen = state.pages;\n        frame.contentWindow.location.replace('/page');\n    }\n"
    "    document.title = state.final ? 'twofold, whole' : `twofold, ${seen} steps`;\n"
    "    setTimeout(look, 1000);\n};\nlook();\n</script></body></html>\n";

static const char nothing_yet[] =
    "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>twofold</title>"
    "</head><body><p>No step is over yet.</p></body></html>\n";

struct page_server {
    uv_loop_t loop;
    uv_tcp_t listener;
    uv_async_t stop;
    uv_thread_t thread;
    unsigned port;
    uv_mutex_t mutex; /* of what follows */
    struct text page;
    unsigned pages, fetched; /* given, and the last that a browser has */
    bool final;
    _Atomic uint64_t asked_ns; /* when the state was asked for last; 0: never */
};

struct page_client {
    uv_tcp_t socket; /* first: a handle is its client */
    uv_write_t write;
    llhttp_t parser;
    struct page_server *server;
    struct text target, response;
    unsigned pages; /* the number of the page that the response is; 0: it is none */
    char in[4096];
};

/* ---- responses ---- */

static void respond(struct page_client *client, const char *status, const char *type, const char *body, size_t length)
{
    text_format(&client->response,
                "HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %zu\r\nCache-Control: no-store\r\n"
                "Connection: close\r\n\r\n",
                status, type, length);
    text_append(&client->response, body, length);
}

static void respond_page(struct page_client *client)
{
    struct page_server *server = client->server;

    uv_mutex_lock(&server->mutex);
    client->pages = server->pages;
    if (server->page.length > 0) {
        respond(client, "200 OK", "text/html; charset=utf-8", server->page.data, server->page.length);
    } else {
        respond(client, "200 OK", "text/html; charset=utf-8", nothing_yet, strlen(nothing_yet));
    }
    uv_mutex_unlock(&server->mutex);
}

static void respond_state(struct page_client *client)
{
    struct page_server *server = client->server;
    struct text body = {0};

    atomic_store(&server->asked_ns, clock_now_ns());
    uv_mutex_lock(&server->mutex);
    text_format(&body, "{\"pages\": %u, \"final\": %s}\n", server->pages, server->final ? "true" : "false");
    uv_mutex_unlock(&server->mutex);
    respond(client, "200 OK", "application/json", body.data, body.length);
    text_release(&body);
}

static void respond_to(struct page_client *client)
{
    const char *target = client->target.length > 0 ? client->target.data : "";

    if (client->parser.method != HTTP_GET) {
        respond(client, "405 Method Not Allowed", "text/plain", "GET\n", 4);
    } else if (strcmp(target, "/") == 0) {
        respond(client, "200 OK", "text/html; charset=utf-8", frame, strlen(frame));
    } else if (strcmp(target, "/page") == 0) {
        respond_page(client);
    } else if (strcmp(target, "/state") == 0) {
        respond_state(client);
    } else {
        respond(client, "404 Not Found", "text/plain", "/\n", 2);
    }
}

/* ---- connections ---- */

static void on_closed(uv_handle_t *handle)
{
    struct page_client *client = (struct page_client *)handle;

    text_release(&client->target);
    text_release(&client->response);
    free(client);
}

static void close_client(struct page_client *client)
{
    if (!uv_is_closing((uv_handle_t *)&client->socket)) {
        uv_close((uv_handle_t *)&client->socket, on_closed);
    }
}

static void on_written(uv_write_t *write, int status)
{
    struct page_client *client = write->data;
    struct page_server *server = client->server;

    if (status == 0 && client->pages > 0) {
        uv_mutex_lock(&server->mutex);
        server->fetched = client->pages;
        uv_mutex_unlock(&server->mutex);
    }
    close_client(client);
}

static int on_target(llhttp_t *parser, const char *at, size_t length)
{
    struct page_client *client = parser->data;

    text_append(&client->target, at, length);
    return client->target.length < sizeof client->in ? 0 : -1;
}

/* One response a connection. */
static int on_complete(llhttp_t *parser)
{
    struct page_client *client = parser->data;

    respond_to(client);
    uv_buf_t buffer = uv_buf_init(client->response.data, (unsigned)client->response.length);
    client->write.data = client;
    uv_read_stop((uv_stream_t *)&client->socket);
    if (uv_write(&client->write, (uv_stream_t *)&client->socket, &buffer, 1, on_written) != 0) {
        close_client(client);
    }
    return HPE_PAUSED;
}

static const llhttp_settings_t settings = {.on_url = on_target, .on_message_complete = on_complete};

static void give_buffer(uv_handle_t *handle, size_t wanted, uv_buf_t *ret_buffer)
{
    struct page_client *client = (struct page_client *)handle;

    (void)wanted;
    *ret_buffer = uv_buf_init(client->in, sizeof client->in);
}

static void on_read(uv_stream_t *stream, ssize_t length, const uv_buf_t *buffer)
{
    struct page_client *client = (struct page_client *)stream;

    if (length < 0) {
        close_client(client);
        return;
    }
    llhttp_errno_t result = llhttp_execute(&client->parser, buffer->base, (size_t)length);
    if (result != HPE_OK && result != HPE_PAUSED) {
        close_client(client);
    }
}

static void on_connection(uv_stream_t *listener, int status)
{
    struct page_client *client = mem_new(1, sizeof *client);

    client->server = listener->data;
    uv_tcp_init(listener->loop, &client->socket);
    llhttp_init(&client->parser, HTTP_REQUEST, &settings);
    client->parser.data = client;
    if (status != 0 || uv_accept(listener, (uv_stream_t *)&client->socket) != 0 ||
        uv_read_start((uv_stream_t *)&client->socket, give_buffer, on_read) != 0) {
        close_client(client);
    }
}

/* ---- the thread ---- */

static void close_any(uv_handle_t *handle, void *context)
{
    const struct page_server *server = context;
    bool own = handle == (const uv_handle_t *)&server->listener || handle == (const uv_handle_t *)&server->stop;

    if (!uv_is_closing(handle)) {
        uv_close(handle, own ? NULL : on_closed);
    }
}

static void on_stop(uv_async_t *stop)
{
    uv_walk(stop->loop, close_any, stop->data);
}

static void serve(void *context)
{
    struct page_server *server = context;
    uv_run(&server->loop, UV_RUN_DEFAULT);
}

static int listen_on_loopback(struct page_server *server)
{
    struct sockaddr_storage bound;
    struct sockaddr_in address;
    int length = sizeof bound;

    uv_ip4_addr("127.0.0.1", 0, &address);
    int result = uv_tcp_bind(&server->listener, (const struct sockaddr *)&address, 0);
    if (result == 0) {
        result = uv_listen((uv_stream_t *)&server->listener, 16, on_connection);
    }
    if (result == 0) {
        result = uv_tcp_getsockname(&server->listener, (struct sockaddr *)&bound, &length);
    }
    if (result == 0) {
        server->port = ntohs(((const struct sockaddr_in *)&bound)->sin_port);
    }
    return result;
}

int page_server_start(struct page_server **ret_server, struct error *err)
{
    struct page_server *server = mem_new(1, sizeof *server);

    uv_loop_init(&server->loop);
    uv_mutex_init(&server->mutex);
    uv_tcp_init(&server->loop, &server->listener);
    uv_async_init(&server->loop, &server->stop, on_stop);
    server->listener.data = server->stop.data = server;
    int result = listen_on_loopback(server);
    if (result == 0) {
        result = uv_thread_create(&server->thread, serve, server);
    }
    if (result != 0) {
        error_failed(err, "--serve: cannot listen on 127.0.0.1: %s", uv_strerror(result));
        uv_walk(&server->loop, close_any, server);
        uv_run(&server->loop, UV_RUN_DEFAULT);
        uv_loop_close(&server->loop);
        uv_mutex_destroy(&server->mutex);
        free(server);
        return -1;
    }
    *ret_server = server;
    return 0;
}

unsigned page_server_port(const struct page_server *server)
{
    return server->port;
}

bool page_server_watched(struct page_server *server)
{
    uint64_t asked_ns = atomic_load(&server->asked_ns);
    return asked_ns > 0 && clock_now_ns() - asked_ns < WATCHED_NS;
}

void page_server_put(struct page_server *server, struct text *page, bool final)
{
    uv_mutex_lock(&server->mutex);
    text_release(&server->page);
    server->page = *page;
    server->pages++;
    server->final = final;
    uv_mutex_unlock(&server->mutex);
    *page = (struct text){0};
}

static bool is_fetched(struct page_server *server)
{
    uv_mutex_lock(&server->mutex);
    bool fetched = server->fetched == server->pages;
    uv_mutex_unlock(&server->mutex);
    return fetched;
}

void page_server_stop(struct page_server *server)
{
    if (server == NULL) {
        return;
    }
    for (int i = 0; i < 50 && page_server_watched(server) && !is_fetched(server); i++) {
        nanosleep(&(struct timespec){.tv_nsec = 100000000}, NULL);
    }
    uv_async_send(&server->stop);
    uv_thread_join(&server->thread);
    uv_loop_close(&server->loop);
    uv_mutex_destroy(&server->mutex);
    text_release(&server->page);
    free(server);
}
