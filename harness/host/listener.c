#include "host/listener.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Looking at all listeners costs 20 to 200 us, as the kernel's table is large; asking for the one that would get a
 * connection to 127.0.0.1 costs 4. */
enum { LOOK_AT_ALL_EVERY = 16 };

struct question {
    struct nlmsghdr header;
    struct inet_diag_req_v2 request;
};

struct answer {
    unsigned sockets;
    uint64_t waiting;
};

void listener_init(struct listener *listener, uint16_t port)
{
    *listener = (struct listener){.port = port};
    listener->fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_SOCK_DIAG);
}

void listener_release(struct listener *listener)
{
    if (listener->fd >= 0) {
        close(listener->fd);
        listener->fd = -1;
    }
}

static int ask(struct listener *listener, uint8_t family, uint16_t flags)
{
    struct question question = {
        .header = {.nlmsg_len = sizeof question,
                   .nlmsg_type = SOCK_DIAG_BY_FAMILY,
                   .nlmsg_flags = NLM_F_REQUEST | flags,
                   .nlmsg_seq = ++listener->question},
        .request = {.sdiag_family = family,
                    .sdiag_protocol = IPPROTO_TCP,
                    .idiag_states = 1U << TCP_LISTEN,
                    .id = {.idiag_sport = htons(listener->port),
                           .idiag_src = {htonl(INADDR_LOOPBACK)},
                           .idiag_cookie = {INET_DIAG_NOCOOKIE, INET_DIAG_NOCOOKIE}}},
    };
    return send(listener->fd, &question, sizeof question, 0) == (ssize_t)sizeof question ? 0 : -1;
}

enum outcome { MORE, DONE, REFUSED };

static enum outcome take(const struct listener *listener, const struct nlmsghdr *message, struct answer *answer)
{
    if (message->nlmsg_seq != listener->question) {
        return MORE;
    }
    if (message->nlmsg_type == NLMSG_DONE) {
        return DONE;
    }
    if (message->nlmsg_type == NLMSG_ERROR) {
        struct nlmsgerr failure;
        memcpy(&failure, NLMSG_DATA(message), sizeof failure);
        return failure.error == -ENOENT ? DONE : REFUSED; /* nobody listens */
    }
    if (message->nlmsg_type == SOCK_DIAG_BY_FAMILY &&
        message->nlmsg_len >= NLMSG_LENGTH(sizeof(struct inet_diag_msg))) {
        struct inet_diag_msg socket;
        memcpy(&socket, NLMSG_DATA(message), sizeof socket);
        if (socket.idiag_state == TCP_LISTEN && ntohs(socket.id.idiag_sport) == listener->port) {
            answer->sockets++;
            answer->waiting += socket.idiag_rqueue;
        }
    }
    return (message->nlmsg_flags & NLM_F_MULTI) != 0 ? MORE : DONE;
}

/* The kernel has answered by the time that send returns; a read that finds nothing means that it never will. */
static int hear(const struct listener *listener, struct answer *answer)
{
    _Alignas(struct nlmsghdr) char block[16384];

    for (;;) {
        ssize_t got = recv(listener->fd, block, sizeof block, 0);
        if (got <= 0) {
            return -1;
        }
        unsigned left = (unsigned)got;
        const struct nlmsghdr *message = (const struct nlmsghdr *)block;
        for (; NLMSG_OK(message, left); message = NLMSG_NEXT(message, left)) {
            enum outcome outcome = take(listener, message, answer);
            if (outcome != MORE) {
                return outcome == DONE ? 0 : -1;
            }
        }
    }
}

static int look_at(struct listener *listener, uint8_t family, uint16_t flags, struct answer *answer)
{
    return ask(listener, family, flags) == 0 ? hear(listener, answer) : -1;
}

bool listener_read(struct listener *listener, uint64_t *ret_waiting)
{
    struct answer answer = {0};
    bool all = listener->several || listener->countdown == 0;

    if (listener->fd < 0) {
        return false;
    }
    if (all) {
        int four = look_at(listener, AF_INET, NLM_F_DUMP, &answer);
        int six = look_at(listener, AF_INET6, NLM_F_DUMP, &answer);
        if (four != 0 && six != 0) {
            return false;
        }
        listener->several = answer.sockets > 1;
        /* A service that does not listen yet may open several sockets in a moment. */
        listener->countdown = answer.sockets == 0 ? 0 : LOOK_AT_ALL_EVERY;
    } else if (look_at(listener, AF_INET, 0, &answer) != 0) {
        return false;
    } else {
        listener->countdown--;
    }
    *ret_waiting = answer.waiting;
    return true;
}
