#include "load/probe.h"

#include "base/clock.h"
#include "base/mem.h"
#include "load/composer.h"
#include "load/reply.h"

#include <arpa/inet.h>
#include <errno.h>
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

static int exchange(int fd, const struct composed *composed, uint64_t *ret_ns, struct error *err)
{
    struct reply reply;
    char block[16384];
    enum reply_state state = REPLY_MORE;
    uint64_t sent_ns = clock_now_ns();
    size_t used;

    if (send(fd, composed->data, composed->length, MSG_NOSIGNAL) != (ssize_t)composed->length) {
        return error_failed(err, "the first request cannot be sent: %s", strerror(errno));
    }
    reply_init(&reply);
    reply_begin(&reply, composed->request->method[0] == 'H', false);
    while (state == REPLY_MORE) {
        ssize_t got = recv(fd, block, sizeof block, 0);
        state = got > 0 ? reply_feed(&reply, block, (size_t)got, &used) : reply_end(&reply);
        if (got <= 0 && state == REPLY_MORE) {
            state = REPLY_BROKEN;
        }
    }
    reply_release(&reply);
    if (state != REPLY_DONE) {
        return error_failed(err, "the first request got no whole answer");
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
    struct composer *composer = composer_new(&(struct composer_options){
        .traffic = traffic, .authority = authority, .seed = options->seed, .level = 1, .threads = 1});
    composer_next(composer, &composed);
    int result = exchange(fd, &composed, ret_ns, err);
    composer_free(composer);
    close(fd);
    return result;
}
