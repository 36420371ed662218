#include "load/probe.h"

#include "base/clock.h"
#include "base/mem.h"
#include "load/traffic/composer.h"
#include "load/transport/response_parser.h"
#include "load/transport/transport.h"

#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
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

/* How long the response may be waited for. */
struct patience {
    uint64_t until_ns;
    const atomic_bool *stop;
};

/* How often the stop flag is looked at. */
enum { LOOK_EVERY_MS = 50 };

/* Whether there is something to read in time. A service that responds byte by byte gets no more time than another. */
static bool readable(int fd, const struct patience *patience)
{
    struct pollfd poll_fd = {.fd = fd, .events = POLLIN};
    int ready = -1;

    for (uint64_t now_ns = clock_now_ns(); now_ns < patience->until_ns && ready <= 0; now_ns = clock_now_ns()) {
        uint64_t left_ms = (patience->until_ns - now_ns) / CLOCK_MILLISECOND_NS + 1;
        if (patience->stop != NULL && atomic_load(patience->stop)) {
            return false;
        }
        ready = poll(&poll_fd, 1, left_ms < LOOK_EVERY_MS ? (int)left_ms : LOOK_EVERY_MS);
    }
    return ready > 0;
}

static ssize_t read_in_time(int fd, const struct patience *patience, char *block, size_t length)
{
    if (!readable(fd, patience)) {
        return -1;
    }
    return recv(fd, block, length, 0);
}

static int exchange(int fd, const struct composed *composed, const struct probe_options *options, uint64_t *ret_ns,
                    struct error *err)
{
    struct response_parser parser;
    char block[16384];
    enum response_state state = RESPONSE_MORE;
    uint64_t sent_ns = clock_now_ns();
    struct patience patience = {.until_ns = sent_ns + options->timeout_ns, .stop = options->stop};
    size_t used;

    if (send(fd, composed->data, composed->length, MSG_NOSIGNAL) != (ssize_t)composed->length) {
        return error_failed(err, "the first request cannot be sent: %s", strerror(errno));
    }
    response_parser_init(&parser, NULL);
    response_parser_begin(&parser, composed->request->method[0] == 'H', false);
    while (state == RESPONSE_MORE) {
        ssize_t got = read_in_time(fd, &patience, block, sizeof block);
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

/* Of users, the first thing that one of the first session does. */
static void compose_first(const struct traffic *traffic, struct composer *composer, struct text *kept,
                          struct composed *ret_composed)
{
    if (traffic->session_count == 0) {
        composer_next(composer, ret_composed);
        return;
    }
    const struct user_session *session = &traffic->sessions[0];
    composer_arrive(composer, 0);
    composer_draw_kept(composer, session->values, session->value_count, kept);
    composer_walk(composer, 0, session, 0);
    composer_compose(composer, session->steps[0].request, kept, ret_composed);
}

int probe_first_request(const struct traffic *traffic, const struct probe_options *options, uint64_t *ret_ns,
                        struct error *err)
{
    struct composed composed;
    int fd = connect_to(options, err);

    if (fd < 0) {
        return -1;
    }
    char *authority = transport_authority(options->host, options->port, false);
    const struct planned_step first = {.level = 1, .seed = options->seed};
    struct composer *composer = composer_new(traffic, authority, &first, 0, 1);
    struct text *kept = mem_new(traffic->value_count, sizeof *kept);
    compose_first(traffic, composer, kept, &composed);
    int result = exchange(fd, &composed, options, ret_ns, err);
    for (size_t i = 0; i < traffic->value_count; i++) {
        text_release(&kept[i]);
    }
    free(kept);
    composer_free(composer);
    free(authority);
    close(fd);
    return result;
}
