/* A subscriber of the reference service that reads nothing, or late. The service is in this process: its loop turns
 * when the test turns it, and its wall clock is what the test says. */
#include "connection.h"
#include "server.h"

#include "test.h"

#include <arpa/inet.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/* Small buffers of sockets, so that a few thousand events fill them and what the service keeps besides. */
enum { SOCKET_BYTES = 4096, EVENTS_MOST = 20000, EVENT_BYTES = 128, LATE_EVENTS = 800, TURNS_MOST = 20000 };

static uint64_t second = 1764510000;
static struct server server;
static struct catalog catalog; /* nobody asks for an item */

int __real_clock_gettime(clockid_t clock, struct timespec *now); /* NOLINT: the linker's name */
int __wrap_clock_gettime(clockid_t clock, struct timespec *now); /* NOLINT */

/* Always the last millisecond of a second, so that a timer for the next one is soon due. */
int __wrap_clock_gettime(clockid_t clock, struct timespec *now) /* NOLINT */
{
    if (clock != CLOCK_REALTIME) {
        return __real_clock_gettime(clock, now);
    }
    *now = (struct timespec){.tv_sec = (time_t)second, .tv_nsec = 999000000};
    return 0;
}

/* ---- the service ------------------------------------------------------------------------------------------------ */

static uint16_t start(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int bytes = SOCKET_BYTES, length = sizeof address;
    uv_os_fd_t listener;

    assert_int_equal(server_start(&server, &catalog, &address, false, true), 0);
    assert_int_equal(uv_tcp_getsockname(&server.listener, (struct sockaddr *)&address, &length), 0);
    assert_int_equal(uv_fileno((uv_handle_t *)&server.listener, &listener), 0);
    assert_int_equal(setsockopt(listener, SOL_SOCKET, SO_SNDBUF, &bytes, sizeof bytes), 0); /* of each connection */
    return ntohs(address.sin_port);
}

static size_t streams(void)
{
    size_t count = 0;

    for (const struct connection *c = server.events.first; c != NULL; c = c->stream_next) {
        count++;
    }
    return count;
}

/* ---- its clients ------------------------------------------------------------------------------------------------ */

/* Returns the socket once the service has its stream. */
static int subscribe(uint16_t port)
{
    static const char request[] = "GET /events HTTP/1.1\r\nHost: a\r\n\r\n";
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons(port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int bytes = SOCKET_BYTES, fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    size_t before = streams();

    assert_int_equal(setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes), 0);
    assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(send(fd, request, strlen(request), MSG_NOSIGNAL), strlen(request));
    for (int turns = 0; turns < TURNS_MOST && streams() == before; turns++) {
        uv_run(&server.loop, UV_RUN_ONCE);
    }
    assert_int_equal(streams(), before + 1);
    return fd;
}

/* Exactly `length` bytes, while the service goes on. */
static void read_bytes(int fd, char *bytes, size_t length)
{
    size_t got = 0;

    for (int turns = 0; turns < TURNS_MOST && got < length; turns++) {
        ssize_t more = recv(fd, bytes + got, length - got, MSG_DONTWAIT);
        got += more > 0 ? (size_t)more : 0;
        if (got < length) {
            uv_run(&server.loop, UV_RUN_ONCE);
        }
    }
    assert_int_equal(got, length);
}

static void read_head(int fd)
{
    char head[EVENTS_HEAD_MOST + 1] = {0};

    for (size_t length = 0; strstr(head, "\r\n\r\n") == NULL; length++) {
        assert_true(length < EVENTS_HEAD_MOST);
        read_bytes(fd, head + length, 1);
    }
    assert_non_null(strstr(head, "Transfer-Encoding: chunked"));
}

static void read_event(int fd, uint64_t id)
{
    char event[EVENT_BYTES], wanted[EVENT_BYTES + 16], came[EVENT_BYTES + 16];
    int length = snprintf(event, sizeof event, "id: %" PRIu64 "\ndata: {\"second\":%" PRIu64 "}\n\n", id, id);
    int size = snprintf(wanted, sizeof wanted, "%x\r\n%s\r\n", (unsigned)length, event);

    read_bytes(fd, came, (size_t)size);
    assert_memory_equal(came, wanted, (size_t)size);
}

/* All that comes up to the end of the connection. Returns how many events that is. */
static size_t read_rest(int fd, char *bytes, size_t room)
{
    size_t length = 0, events = 0;
    ssize_t more;

    while ((more = recv(fd, bytes + length, room - length, 0)) > 0) {
        length += (size_t)more;
        assert_true(length < room);
    }
    bytes[length] = '\0';
    for (const char *at = strstr(bytes, "id: "); at != NULL; at = strstr(at + 1, "id: ")) {
        events++;
    }
    return events;
}

/* ---- the test --------------------------------------------------------------------------------------------------- */

/* The clock goes on by a second at a time, until the one that reads nothing is closed. Returns how much the service
 * kept for it at most. */
static size_t fill(int reading, size_t *ret_events)
{
    size_t most = 0, events = 0;

    while (streams() == 2 && events < EVENTS_MOST) {
        read_event(reading, ++second);
        events++;
        const struct connection *silent = server.events.first->stream_next; /* the first that came */
        size_t kept = silent != NULL ? uv_stream_get_write_queue_size((const uv_stream_t *)&silent->tcp) : 0;
        most = kept > most ? kept : most;
    }
    *ret_events = events;
    return most;
}

static void stop(int reading)
{
    char byte;

    server_stop(&server);
    server_run(&server);
    assert_int_equal(recv(reading, &byte, 1, 0), 0);
    close(reading);
}

TEST(one_who_reads_nothing_is_closed_once_64_KiB_are_kept_for_it_and_others_have_every_event)
{
    static char rest[256 * 1024];
    size_t published;
    uint16_t port = start();
    int silent = subscribe(port), reading = subscribe(port);

    read_head(reading);
    size_t kept = fill(reading, &published);
    assert_int_equal(streams(), 1);
    assert_in_range(kept, EVENTS_REST_MOST - EVENT_BYTES, EVENTS_REST_MOST);
    for (int i = 0; i < 10; i++) {
        read_event(reading, ++second);
    }
    size_t events = read_rest(silent, rest, sizeof rest);
    assert_in_range(events, 1, published - EVENTS_REST_MOST / EVENT_BYTES); /* what was kept is gone, */
    assert_null(strstr(rest, "\r\n0\r\n\r\n")); /* and it does not end as if it were whole */
    close(silent);
    stop(reading);
}

TEST(one_who_reads_late_has_every_event)
{
    uint64_t before = second;
    uint16_t port = start();
    int late = subscribe(port), reading = subscribe(port);

    read_head(reading);
    for (int i = 0; i < LATE_EVENTS; i++) {
        read_event(reading, ++second);
    }
    const struct connection *c = server.events.first->stream_next; /* the first that came */
    assert_non_null(c);
    assert_true(uv_stream_get_write_queue_size((const uv_stream_t *)&c->tcp) > EVENT_BYTES); /* several wait */
    read_head(late);
    while (before < second) {
        read_event(late, ++before);
    }
    read_event(late, ++second); /* and goes on */
    read_event(reading, second);
    close(late);
    stop(reading);
}
