#include "contract/upstream/upstream.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/random.h"
#include "contract/upstream/delays.h"
#include "contract/upstream/upstream_call.h"
#include "contract/upstream/visits.h"
#include "contract/upstream_rule.h"

#include <llhttp.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#define BACKLOG 4096

/* Requests are a line and a few headers; what comes behind a request without a response yet waits in here. */
#define IN_MOST 8192

struct upstream {
    const struct upstream_options *options;
    uv_loop_t loop;
    uv_tcp_t listener;
    uv_signal_t terminated, interrupted;
    struct delays delays;
    struct upstream_totals counts;
    struct visits visits;
    struct upstream_client *first, *last; /* in line for a place */
    uint64_t placed;                      /* calls worked on */
};

struct upstream_client {
    uv_tcp_t tcp;
    uv_shutdown_t shutdown;
    struct upstream *upstream;
    llhttp_t parser;
    struct delay delay;
    struct upstream_call call;
    uint64_t called_ns;                     /* when `call` came in, where it is one of CALL_VALUE */
    struct upstream_client *ahead, *behind; /* of it in the line */
    bool in_line, placed;                   /* where such a call is */
    bool caller;                            /* it has called at all */
    bool waiting;                           /* for the response to `call`: what comes behind it is not looked at yet */
    bool last;                              /* the connection closes with the response */
    size_t target_length, in_length, in_read;
    char target[UPSTREAM_TARGET_MOST], in[IN_MOST];
};

/* ---- the calls in flight ---- */

/* From the call and the seed alone, so that it does not matter who calls first. */
static uint64_t delay_of(const struct upstream_options *options, const struct upstream_call *call)
{
    struct random random;

    if (call->key == UPSTREAM_SLOW_KEY) {
        return UPSTREAM_SLOW_NS;
    }
    if (!options->exponential) {
        return options->delay_ns;
    }
    random_init(&random, options->seed ^ call->key << 8, call->number);
    return (uint64_t)(-log(random_unit(&random)) * (double)options->delay_ns);
}

static void place(struct upstream_client *client, uint64_t now_ns)
{
    struct upstream *upstream = client->upstream;

    client->placed = true;
    upstream->placed++;
    delays_add(&upstream->delays, &client->delay, now_ns + delay_of(upstream->options, &client->call), client);
}

static void join_line(struct upstream_client *client)
{
    struct upstream *upstream = client->upstream;

    client->in_line = true;
    client->ahead = upstream->last;
    client->behind = NULL;
    *(upstream->last != NULL ? &upstream->last->behind : &upstream->first) = client;
    upstream->last = client;
}

static void leave_line(struct upstream_client *client)
{
    struct upstream *upstream = client->upstream;

    client->in_line = false;
    *(client->ahead != NULL ? &client->ahead->behind : &upstream->first) = client->behind;
    *(client->behind != NULL ? &client->behind->ahead : &upstream->last) = client->ahead;
}

static void begin_call(struct upstream_client *client)
{
    struct upstream *upstream = client->upstream;
    const struct upstream_call *call = &client->call;
    uint64_t most = upstream->options->at_once, now_ns = clock_now_ns();

    client->called_ns = now_ns;
    upstream->counts.connections += !client->caller;
    client->caller = true;
    upstream->counts.calls++;
    upstream->counts.failures += upstream_rule_fails(&upstream->options->rule, call->key, call->number);
    upstream->counts.in_flight++;
    visits_begin(&upstream->visits, call->key, now_ns);
    if (most > 0 && upstream->placed >= most && call->key != UPSTREAM_SLOW_KEY) {
        join_line(client);
    } else {
        place(client, now_ns);
    }
}

/* Answered, or its client is gone. */
static void end_call(struct upstream_client *client)
{
    struct upstream *upstream = client->upstream;
    uint64_t now_ns = clock_now_ns();

    if (client->in_line) {
        leave_line(client);
    } else if (client->placed) {
        client->placed = false;
        upstream->placed--;
        delays_remove(&upstream->delays, &client->delay);
    } else {
        return;
    }
    upstream->counts.in_flight--;
    visits_end(&upstream->visits, client->call.key, now_ns);
    struct upstream_client *next = upstream->first;
    if (next != NULL && upstream->placed < upstream->options->at_once) {
        leave_line(next);
        place(next, now_ns);
    }
}

/* ---- connections ---- */

static void on_closed(uv_handle_t *handle)
{
    free(handle->data);
}

static void drop(struct upstream_client *client)
{
    if (!uv_is_closing((uv_handle_t *)&client->tcp)) {
        end_call(client);
        client->upstream->counts.connections -= client->caller;
        uv_close((uv_handle_t *)&client->tcp, on_closed);
    }
}

static void respond(struct upstream_client *client)
{
    struct upstream *upstream = client->upstream;
    const struct upstream_call *call = &client->call;
    bool fails = call->kind == CALL_VALUE && upstream_rule_fails(&upstream->options->rule, call->key, call->number);
    char out[UPSTREAM_RESPONSE_MOST];
    size_t length = upstream_call_respond(call, fails, &upstream->counts, client->last, out);
    uv_buf_t buffer = uv_buf_init(out, (unsigned)length);

    client->waiting = false;
    /* So few bytes fit into the socket of anyone who reads; for one who does not, nothing is kept. */
    if (uv_try_write((uv_stream_t *)&client->tcp, &buffer, 1) != (int)length ||
        (client->last && uv_shutdown(&client->shutdown, (uv_stream_t *)&client->tcp, NULL) != 0)) {
        drop(client);
    }
}

/* ---- requests ---- */

static int on_begin(llhttp_t *parser)
{
    struct upstream_client *client = parser->data;
    client->target_length = 0;
    return 0;
}

static int on_target(llhttp_t *parser, const char *at, size_t length)
{
    struct upstream_client *client = parser->data;
    if (length > UPSTREAM_TARGET_MOST - client->target_length) {
        return HPE_USER;
    }
    memcpy(client->target + client->target_length, at, length);
    client->target_length += length;
    return 0;
}

static int on_complete(llhttp_t *parser)
{
    struct upstream_client *client = parser->data;

    client->call.kind = CALL_OTHER;
    if (parser->method == HTTP_GET) {
        upstream_call_read(&client->call, client->target, client->target_length);
    }
    client->last = !llhttp_should_keep_alive(parser);
    client->waiting = true;
    return HPE_PAUSED;
}

static const llhttp_settings_t settings = {.on_message_begin = on_begin,
                                           .on_url = on_target,
                                           .on_message_complete = on_complete};

/* The response to the request just read: at once, or when its delay is over. */
static void begin_response(struct upstream_client *client)
{
    struct upstream *upstream = client->upstream;

    if (client->call.kind == CALL_VALUE) {
        begin_call(client);
        return;
    }
    upstream->counts.visit_ns = visits_time(&upstream->visits, clock_now_ns());
    respond(client);
}

/* What has come in, up to the first request that has to wait for its response. */
static void read_requests(struct upstream_client *client)
{
    while (!client->waiting && client->in_read < client->in_length && !uv_is_closing((uv_handle_t *)&client->tcp)) {
        const char *from = client->in + client->in_read;
        llhttp_errno_t error = llhttp_execute(&client->parser, from, client->in_length - client->in_read);
        if (error == HPE_PAUSED) {
            client->in_read = (size_t)(llhttp_get_error_pos(&client->parser) - client->in);
            llhttp_resume(&client->parser);
            begin_response(client);
        } else if (error == HPE_OK) {
            client->in_read = client->in_length;
        } else {
            drop(client);
        }
    }
    if (client->in_read == client->in_length) {
        client->in_read = client->in_length = 0;
    }
}

static void on_due(void *owner)
{
    struct upstream_client *client = owner;
    struct upstream_totals *counts = &client->upstream->counts;

    counts->answered++;
    counts->time_ns += clock_now_ns() - client->called_ns;
    end_call(client);
    respond(client);
    read_requests(client);
}

static void on_alloc(uv_handle_t *handle, size_t suggested, uv_buf_t *buffer)
{
    struct upstream_client *client = handle->data;
    (void)suggested;
    *buffer = uv_buf_init(client->in + client->in_length, (unsigned)(IN_MOST - client->in_length));
}

static void on_read(uv_stream_t *stream, ssize_t length, const uv_buf_t *buffer)
{
    struct upstream_client *client = stream->data;
    (void)buffer;

    if (length < 0) {
        drop(client);
    } else if (!client->last) {
        client->in_length += (size_t)length;
        read_requests(client);
    }
}

static void on_connection(uv_stream_t *listener, int status)
{
    struct upstream *upstream = listener->data;
    if (status != 0) {
        return;
    }
    struct upstream_client *client = mem_new(1, sizeof *client);
    client->upstream = upstream;
    client->tcp.data = client;
    if (uv_tcp_init(&upstream->loop, &client->tcp) != 0) {
        free(client);
        return;
    }
    llhttp_init(&client->parser, HTTP_REQUEST, &settings);
    client->parser.data = client;
    if (uv_accept(listener, (uv_stream_t *)&client->tcp) != 0 || uv_tcp_nodelay(&client->tcp, 1) != 0 ||
        uv_read_start((uv_stream_t *)&client->tcp, on_alloc, on_read) != 0) {
        drop(client);
    }
}

/* ---- the service ---- */

static void close_one(uv_handle_t *handle, void *context)
{
    (void)context;
    if (!uv_is_closing(handle)) {
        uv_close(handle, handle->type == UV_TCP && handle->data != handle->loop->data ? on_closed : NULL);
    }
}

static void on_signal(uv_signal_t *watcher, int number)
{
    struct upstream *upstream = watcher->data;
    (void)number;
    delays_close(&upstream->delays);
    uv_walk(&upstream->loop, close_one, NULL);
}

static int listen_at(struct upstream *upstream, struct error *err)
{
    struct sockaddr_in address;
    int status = uv_ip4_addr(UPSTREAM_HOST, upstream->options->port, &address);

    upstream->listener.data = upstream;
    if (status != 0 || (status = uv_tcp_init(&upstream->loop, &upstream->listener)) != 0 ||
        (status = uv_tcp_bind(&upstream->listener, (const struct sockaddr *)&address, 0)) != 0 ||
        (status = uv_listen((uv_stream_t *)&upstream->listener, BACKLOG, on_connection)) != 0) {
        return error_failed(err, "cannot listen on " UPSTREAM_HOST ":%u: %s", upstream->options->port,
                            uv_strerror(status));
    }
    return 0;
}

static void watch_signals(struct upstream *upstream)
{
    upstream->terminated.data = upstream->interrupted.data = upstream;
    uv_signal_init(&upstream->loop, &upstream->terminated);
    uv_signal_init(&upstream->loop, &upstream->interrupted);
    uv_signal_start(&upstream->terminated, on_signal, SIGTERM);
    uv_signal_start(&upstream->interrupted, on_signal, SIGINT);
    signal(SIGPIPE, SIG_IGN);
}

int upstream_run(const struct upstream_options *options, struct error *err)
{
    struct upstream upstream = {.options = options};
    int result = -1;
    int status = uv_loop_init(&upstream.loop);

    if (status != 0) {
        return error_failed(err, "no event loop: %s", uv_strerror(status));
    }
    upstream.loop.data = &upstream;
    if (delays_init(&upstream.delays, &upstream.loop, on_due, err) != 0) {
        goto close_loop;
    }
    if (listen_at(&upstream, err) != 0) {
        delays_close(&upstream.delays);
        uv_walk(&upstream.loop, close_one, NULL);
    } else {
        watch_signals(&upstream);
        result = 0;
    }
    uv_run(&upstream.loop, UV_RUN_DEFAULT);
    visits_release(&upstream.visits);
close_loop:
    uv_loop_close(&upstream.loop);
    return result;
}
