#include "server.h"

#include "connection.h"

#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

#define BACKLOG    4096
#define TICK_MS    1000
#define LAST_TICKS 50 /* ms between looks at what is still in flight while stopping */

static void write_date(struct server *server)
{
    struct tm utc;
    time_t now = time(NULL);
    gmtime_r(&now, &utc);
    strftime(server->date, sizeof server->date, "%a, %d %b %Y %H:%M:%S GMT", &utc);
}

static void close_idle(struct server *server, bool all)
{
    struct connection *next;
    for (struct connection *c = server->oldest; c != NULL; c = next) {
        next = c->newer;
        if (all || connection_is_idle(c)) {
            connection_close(c);
        }
    }
}

static void on_tick(uv_timer_t *tick)
{
    struct server *server = tick->data;
    uint64_t now_ms = uv_now(&server->loop);

    write_date(server);
    while (server->oldest != NULL && now_ms - server->oldest->active_ms >= SERVER_IDLE_MS) {
        connection_close(server->oldest);
    }
    if (server->stopping_ms != 0) {
        close_idle(server, now_ms - server->stopping_ms >= SERVER_STOP_MS);
        if (server->oldest == NULL) {
            uv_close((uv_handle_t *)&server->tick, NULL);
        }
    }
}

/* Connections that seem idle live until the first tick: a request may have arrived that this loop has not read yet. */
static void on_stop(uv_async_t *stop)
{
    struct server *server = stop->data;
    server->stopping_ms = uv_now(&server->loop);
    uv_close((uv_handle_t *)&server->listener, NULL);
    uv_close((uv_handle_t *)&server->stop, NULL);
    events_stop(&server->events);
    uv_timer_start(&server->tick, on_tick, LAST_TICKS, LAST_TICKS);
}

static void on_connection(uv_stream_t *listener, int status)
{
    if (status == 0) {
        connection_accept(listener->data);
    }
}

/* The first socket is bound before it is marked as shared: so it collides with another process's, shared or not, and
 * only its own companions get in beside it. */
static int listen_at(struct server *server, const struct sockaddr_in *address, bool shared, bool first)
{
    uv_os_fd_t fd;
    int yes = 1;
    int status = uv_tcp_init_ex(&server->loop, &server->listener, AF_INET);

    server->listener.data = server;
    if (status != 0 || (status = uv_fileno((uv_handle_t *)&server->listener, &fd)) != 0) {
        return status;
    }
    if (!first && setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &yes, sizeof yes) != 0) {
        return uv_translate_sys_error(errno);
    }
    status = uv_tcp_bind(&server->listener, (const struct sockaddr *)address, 0);
    if (status == 0 && shared && first && setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &yes, sizeof yes) != 0) {
        status = uv_translate_sys_error(errno);
    }
    return status != 0 ? status : uv_listen((uv_stream_t *)&server->listener, BACKLOG, on_connection);
}

int server_start(struct server *server, const struct catalog *catalog, const struct sockaddr_in *address, bool shared,
                 bool first)
{
    int status = uv_loop_init(&server->loop);
    if (status != 0) {
        return status;
    }
    server->catalog = catalog;
    server->oldest = server->newest = NULL;
    server->stopping_ms = 0;
    write_date(server);
    if ((status = listen_at(server, address, shared, first)) != 0 ||
        (status = uv_async_init(&server->loop, &server->stop, on_stop)) != 0 ||
        (status = uv_timer_init(&server->loop, &server->tick)) != 0 ||
        (status = events_start(&server->events, &server->loop)) != 0) {
        return status;
    }
    server->stop.data = server;
    server->tick.data = server;
    return uv_timer_start(&server->tick, on_tick, TICK_MS, TICK_MS);
}

void server_run(struct server *server)
{
    uv_run(&server->loop, UV_RUN_DEFAULT);
    uv_loop_close(&server->loop);
}

void server_stop(struct server *server)
{
    uv_async_send(&server->stop);
}
