#include "load/probe.h"

#include "base/clock.h"
#include "base/mem.h"
#include "load/traffic/composer.h"
#include "load/transport/response_parser.h"

#include <arpa/inet.h>
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int connect_to(const struct probe_options *options, struct error *err)
{
    const char *host = options->host;
    uint16_t port = options->port;
    uint64_t timeout_ns = options->timeout_ns;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    struct timeval patience = {.tv_sec = (time_t)(timeout_ns / CLOCK_SECOND_NS),
                               .tv_usec = (suseconds_t)(timeout_ns % CLOCK_SECOND_NS / 1000)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (fd < 0 || inet_pton(AF_INET, host, &address.sin_addr) != 1) {
        error_failed(err, "no socket to %s:%u", host, port);
    } else {
        setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
        if (connect(fd, (struct sockaddr *)&address, sizeof address) == 0) {
            return fd;
        }
        error_failed(err, "%s:%u: %s", host, port, strerror(errno));
    }
    if (fd >= 0) {
        close(fd);
    }
    return -1;
}

/* Whether there is something to read before `until_ns`. A service that responds byte by byte gets no more time than
 * another. */
static bool readable(int fd, uint64_t until_ns)
{
    struct pollfd poll_fd = {.fd = fd, .events = POLLIN};
    uint64_t now_ns = clock_now_ns();
    int ready = -1;

    while (now_ns < until_ns && ready <= 0) {
        uint64_t left_ms = (until_ns - now_ns) / CLOCK_MILLISECOND_NS + 1;
        ready = poll(&poll_fd, 1, left_ms < INT_MAX ? (int)left_ms : INT_MAX);
        now_ns = clock_now_ns();
    }
    return ready > 0;
}

static ssize_t read_until(int fd, uint64_t until_ns, char *block, size_t length)
{
    if (!readable(fd, until_ns)) {
        return -1;
    }
    return recv(fd, block, length, 0);
}

static int exchange(int fd, const struct composed *composed, uint64_t timeout_ns, uint64_t *ret_ns, struct error *err)
{
    struct response_parser parser;
    char block[16384];
    enum response_state state = RESPONSE_MORE;
    uint64_t sent_ns = clock_now_ns();
    size_t used;

    if (send(fd, composed->data, composed->length, MSG_NOSIGNAL) != (ssize_t)composed->length) {
        return error_failed(err, "the first request cannot be sent: %s", strerror(errno));
    }
    response_parser_init(&parser, NULL);
    response_parser_begin(&parser, composed->request->method[0] == 'H', false);
    while (state == RESPONSE_MORE) {
        ssize_t got = read_until(fd, sent_ns + timeout_ns, block, sizeof block);
        if (got > 0) {
            state = response_parser_feed(&parser, block, (size_t)got, &used);
        } else if (got < 0 || response_parser_end(&parser) != RESPONSE_DONE) {
            state = RESPONSE_BROKEN;
        } else {
            state = RESPONSE_DONE;
        }
    }
    response_parser_release(&parser);
    if (state != RESPONSE_DONE) {
        return error_failed(err, "the first request got no whole response");
    }
    *ret_ns = clock_now_ns() - sent_ns;
    return 0;
}

int probe_first_request(const struct traffic *traffic, const struct probe_options *options, uint64_t *ret_ns,
                        struct error *err)
{
    char authority[64];
    struct composed composed;
    int fd = connect_to(options, err);

    if (fd < 0) {
        return -1;
    }
    snprintf(authority, sizeof authority, "%s:%u", options->host, options->port);
    const struct planned_step first = {.level = 1, .seed = options->seed};
    struct composer *composer = composer_new(traffic, authority, &first, 0, 1);
    composer_next(composer, &composed);
    int result = exchange(fd, &composed, options->timeout_ns, ret_ns, err);
    composer_free(composer);
    close(fd);
    return result;
}
