#include "fault_server.h"

#include "base/clock.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/random.h"
#include "base/text.h"
#include "fault_response.h"
#include "test.h"

#include <errno.h>
#include <math.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { CONNECTIONS_MOST = 4096, NEVER = 0 };

struct client {
    int fd;
    struct text in;
    struct text out; /* the response at hand */
    size_t out_at;
    uint64_t due_ns; /* when the next of it goes; NEVER: nothing to send */
    uint64_t rests_ns;
    bool faulty, early; /* the request at hand; the first request got its response before it came */
};

struct fault_server {
    struct fault_server_options options;
    struct fault_record record;
    pthread_t thread;
    int listener, stop; /* -1 once it listens no more; an eventfd */
    uint16_t port;
    uint64_t first_ns; /* moment of the first request; 0: none yet */
    uint64_t free_ns;  /* FAULT_QUEUE: when what is queued will be done */
    struct random random;
    struct client *clients[CONNECTIONS_MOST];
    size_t client_count;
};

/* --- one client -------------------------------------------------------------------------------------------------- */

static void drop(struct fault_server *server, size_t index, bool reset)
{
    struct client *client = server->clients[index];
    struct linger linger = {.l_onoff = 1, .l_linger = 0};

    if (reset) {
        setsockopt(client->fd, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
    }
    close(client->fd);
    text_release(&client->in);
    text_release(&client->out);
    free(client);
    server->clients[index] = server->clients[--server->client_count];
}

/* When the response to a request that came at `now_ns` goes. */
static uint64_t response_time(struct fault_server *server, const struct client *client, uint64_t now_ns)
{
    const struct fault_server_options *options = &server->options;
    uint64_t begin_ns = server->free_ns > now_ns ? server->free_ns : now_ns;

    switch (options->fault) {
    case FAULT_SLOW:
        return now_ns + options->time_ns;
    case FAULT_SILENT:
        return client->faulty ? NEVER : now_ns;
    case FAULT_QUEUE:
        server->free_ns = begin_ns + (uint64_t)(-log(random_unit(&server->random)) * (double)options->time_ns);
        return server->free_ns;
    default:
        return now_ns;
    }
}

/* FNV-1a of 64 bits. */
static uint64_t hash(uint64_t hash, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        hash = (hash ^ (unsigned char)bytes[i]) * UINT64_C(0x100000001b3);
    }
    return hash;
}

static uint64_t digest_of(const char *request, size_t length, size_t body)
{
    uint64_t line = hash(UINT64_C(0xcbf29ce484222325), request, strcspn(request, "\r"));
    return hash(line, request + length - body, body);
}

static void take_request(struct fault_server *server, struct client *client, size_t length, size_t body)
{
    struct fault_record *record = &server->record;
    uint64_t now_ns = clock_now_ns();

    *list_add(record->arrivals, record->requests) = now_ns;
    record->digest += digest_of(client->in.data, length, body);
    server->first_ns = server->first_ns != 0 ? server->first_ns : now_ns;
    client->faulty = server->options.every <= 1 || record->requests % server->options.every == 0;
    record->faults += client->faulty;
    if (!client->early) {
        fault_response_make(&client->out, client->faulty ? server->options.fault : FAULT_NONE, client->in.data, body);
        client->out_at = 0;
        client->due_ns = response_time(server, client, now_ns);
    }
    client->early = false;
    memmove(client->in.data, client->in.data + length, client->in.length - length);
    client->in.length -= length;
    client->in.data[client->in.length] = '\0';
}

/* Send what is due; false: the client is to be dropped, with a reset or without. */
static bool send_response(struct fault_server *server, struct client *client, bool *ret_reset)
{
    enum fault fault = client->faulty ? server->options.fault : FAULT_NONE;
    bool half = fault == FAULT_RESET || fault == FAULT_CUT;
    size_t left = client->out.length - client->out_at;
    size_t now = half ? left / 2 : left;
    if (fault == FAULT_DRIP) {
        now = 1;
    }

    ssize_t sent = send(client->fd, client->out.data + client->out_at, now, MSG_NOSIGNAL);
    *ret_reset = fault == FAULT_RESET;
    if (sent != (ssize_t)now || half || fault == FAULT_GARBAGE) {
        return false;
    }
    client->out_at += now;
    if (client->out_at < client->out.length) {
        client->due_ns += server->options.time_ns;
        return true;
    }
    client->due_ns = NEVER;
    client->rests_ns = clock_now_ns();
    server->record.responses += fault != FAULT_HEADERS;
    if (fault == FAULT_HALF_CLOSE) {
        shutdown(client->fd, SHUT_WR);
    }
    return fault != FAULT_CLOSE_SAID && fault != FAULT_CLOSE_UNSAID;
}

static bool receive(struct fault_server *server, struct client *client)
{
    char block[65536];
    size_t body = 0, length;
    ssize_t got = recv(client->fd, block, sizeof block, MSG_DONTWAIT);

    if (got <= 0) {
        server->record.resets += got < 0 && errno == ECONNRESET;
        return got < 0 && (errno == EAGAIN || errno == EINTR);
    }
    text_append(&client->in, block, (size_t)got);
    while ((length = fault_request_length(&client->in, &body)) > 0) {
        take_request(server, client, length, body);
    }
    return true;
}

/* --- all clients ------------------------------------------------------------------------------------------------- */

/* The next address of loopback, or one that was seen. */
static void note_source(struct fault_server *server, const struct sockaddr_storage *from)
{
    const struct sockaddr_in *inet = (const struct sockaddr_in *)from;

    if (from->ss_family == AF_INET && ntohl(inet->sin_addr.s_addr) == INADDR_LOOPBACK + server->record.sources) {
        server->record.sources++;
    }
}

static void accept_one(struct fault_server *server)
{
    struct sockaddr_storage from = {0};
    socklen_t length = sizeof from;
    int one = 1, fd = accept(server->listener, (struct sockaddr *)&from, &length);

    if (fd < 0 || server->client_count == CONNECTIONS_MOST) {
        return;
    }
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    struct client *client = mem_new(1, sizeof *client);
    client->fd = fd;
    client->rests_ns = clock_now_ns();
    client->early = server->options.fault == FAULT_EARLY;
    server->clients[server->client_count++] = client;
    server->record.connections++;
    note_source(server, &from);
    if (server->client_count > server->record.most_open) {
        server->record.most_open = server->client_count;
    }
    if (client->early) {
        fault_response_make(&client->out, FAULT_NONE, "GET /1 HTTP/1.1", 0);
        client->due_ns = client->rests_ns;
    }
}

static void stop_listening(struct fault_server *server)
{
    close(server->listener);
    server->listener = -1;
    while (server->client_count > 0) {
        drop(server, 0, false);
    }
}

static bool closes_idle(const struct fault_server *server)
{
    return server->options.fault == FAULT_IDLE_CLOSE || server->options.fault == FAULT_IMPATIENT;
}

/* How long there is to wait: until something is due, or a connection has rested too long. */
static struct timespec patience(const struct fault_server *server, uint64_t now_ns)
{
    uint64_t until_ns = now_ns + CLOCK_SECOND_NS;

    for (size_t i = 0; i < server->client_count; i++) {
        const struct client *client = server->clients[i];
        uint64_t at_ns = client->due_ns;
        if (at_ns == NEVER && closes_idle(server)) {
            at_ns = client->rests_ns + server->options.time_ns;
        }
        until_ns = at_ns != NEVER && at_ns < until_ns ? at_ns : until_ns;
    }
    uint64_t left_ns = until_ns > now_ns ? until_ns - now_ns : 0;
    return (struct timespec){.tv_sec = (time_t)(left_ns / CLOCK_SECOND_NS),
                             .tv_nsec = (long)(left_ns % CLOCK_SECOND_NS)};
}

static void close_idle(struct fault_server *server, size_t index)
{
    static const char timeout[] = "HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
    const struct client *client = server->clients[index];

    if (server->options.fault == FAULT_IMPATIENT && client->in.length > 0) {
        send(client->fd, timeout, sizeof timeout - 1, MSG_NOSIGNAL);
    }
    drop(server, index, false);
}

static void serve_due(struct fault_server *server)
{
    uint64_t now_ns = clock_now_ns();

    for (size_t i = server->client_count; i-- > 0;) {
        struct client *client = server->clients[i];
        bool reset = false;
        if (client->due_ns != NEVER && client->due_ns <= now_ns) {
            if (!send_response(server, client, &reset)) {
                drop(server, i, reset);
            }
        } else if (client->due_ns == NEVER && closes_idle(server) &&
                   client->rests_ns + server->options.time_ns <= now_ns) {
            close_idle(server, i);
        }
    }
}

/* The end of the time in which nothing is done, where `now_ns` lies in one; else 0. */
static uint64_t asleep_until(const struct fault_server *server, uint64_t now_ns)
{
    const struct fault_server_options *options = &server->options;
    uint64_t age_ns = server->first_ns != 0 ? now_ns - server->first_ns : 0;

    if (options->fault == FAULT_FREEZE && server->first_ns != 0 && age_ns >= options->time_ns) {
        return now_ns + CLOCK_SECOND_NS;
    }
    if (options->fault == FAULT_STALL && age_ns % options->period_ns >= options->period_ns - options->time_ns) {
        return now_ns + options->period_ns - age_ns % options->period_ns;
    }
    return 0;
}

/* One round; false when it is to stop. */
static bool serve(struct fault_server *server, struct pollfd *fds)
{
    uint64_t now_ns = clock_now_ns(), asleep_ns = asleep_until(server, now_ns);
    struct timespec wait = patience(server, now_ns);
    size_t known = server->client_count;
    short events = server->options.fault == FAULT_DEAF ? 0 : POLLIN;

    if (asleep_ns != 0) {
        wait = (struct timespec){.tv_sec = (time_t)((asleep_ns - now_ns) / CLOCK_SECOND_NS),
                                 .tv_nsec = (long)((asleep_ns - now_ns) % CLOCK_SECOND_NS)};
    }
    fds[0] = (struct pollfd){.fd = server->stop, .events = POLLIN};
    fds[1] = (struct pollfd){.fd = server->options.fault == FAULT_REFUSE ? -1 : server->listener, .events = POLLIN};
    for (size_t i = 0; i < known; i++) {
        fds[2 + i] = (struct pollfd){.fd = server->clients[i]->fd, .events = events};
    }
    if (ppoll(fds, asleep_ns != 0 ? 1 : 2 + known, &wait, NULL) < 0 || asleep_ns != 0) {
        return (fds[0].revents & POLLIN) == 0;
    }
    for (size_t i = known; i-- > 0;) {
        if (events != 0 && fds[2 + i].revents != 0 && !receive(server, server->clients[i])) {
            drop(server, i, false);
        }
    }
    if (server->options.fault == FAULT_STOP && server->listener >= 0 &&
        server->record.requests >= server->options.every) {
        stop_listening(server);
    }
    serve_due(server);
    if (server->listener >= 0 && fds[1].revents != 0) {
        accept_one(server);
    }
    return (fds[0].revents & POLLIN) == 0;
}

static void *run(void *argument)
{
    struct fault_server *server = argument;
    struct pollfd *fds = mem_new(CONNECTIONS_MOST + 2, sizeof *fds);

    while (serve(server, fds)) {
    }
    while (server->client_count > 0) {
        drop(server, 0, false);
    }
    free(fds);
    return NULL;
}

/* --- outside its thread ------------------------------------------------------------------------------------------ */

static int bind_socket(bool ipv6, uint16_t *ret_port)
{
    struct sockaddr_in v4 = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT};
    struct sockaddr *address = ipv6 ? (struct sockaddr *)&v6 : (struct sockaddr *)&v4;
    socklen_t size = ipv6 ? sizeof v6 : sizeof v4;
    int fd = socket(address->sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (fd < 0 || bind(fd, address, size) != 0 || getsockname(fd, address, &size) != 0) {
        if (fd >= 0) {
            close(fd);
        }
        return -1;
    }
    *ret_port = ntohs(ipv6 ? v6.sin6_port : v4.sin_port);
    return fd;
}

struct fault_server *fault_server_start(const struct fault_server_options *options)
{
    uint16_t port = 0;
    int fd = bind_socket(options->ipv6, &port);

    if (fd < 0 && options->ipv6) {
        return NULL;
    }
    assert_true(fd >= 0);
    assert_true(options->fault == FAULT_REFUSE || listen(fd, 4096) == 0);
    struct fault_server *server = mem_new(1, sizeof *server);
    server->options = *options;
    server->listener = fd;
    server->port = port;
    server->stop = eventfd(0, EFD_CLOEXEC);
    random_init(&server->random, 20, 1);
    assert_int_equal(pthread_create(&server->thread, NULL, run, server), 0);
    return server;
}

uint16_t fault_server_port(const struct fault_server *server)
{
    return server->port;
}

void fault_server_stop(struct fault_server *server, struct fault_record *ret_record)
{
    assert_int_equal(eventfd_write(server->stop, 1), 0);
    pthread_join(server->thread, NULL);
    close(server->stop);
    if (server->listener >= 0) {
        close(server->listener);
    }
    if (ret_record != NULL) {
        *ret_record = server->record;
    } else {
        free(server->record.arrivals);
    }
    free(server);
}

void fault_record_release(struct fault_record *record)
{
    free(record->arrivals);
    *record = (struct fault_record){0};
}
