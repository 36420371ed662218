#include "host/accept_queue.h"

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

/* Looking through all listening sockets takes 20 to 200 us, because the kernel's table is large. Asking for the one
 * that would get a connection to 127.0.0.1 takes 4 us. */
enum { LOOK_AT_ALL_EVERY = 16 };

struct diag_request {
    struct nlmsghdr header;
    struct inet_diag_req_v2 body;
};

/* The sums over the responses to one reading. */
struct found {
    unsigned sockets;
    uint64_t waiting;
    uint32_t least_room; /* of the queue with the least; UINT32_MAX: no socket listens */
};

enum reading { MORE, DONE, FAILED };

void accept_queue_init(struct accept_queue *queue, uint16_t port)
{
    *queue = (struct accept_queue){.port = port};
    queue->fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_SOCK_DIAG);
}

void accept_queue_release(struct accept_queue *queue)
{
    if (queue->fd >= 0) {
        close(queue->fd);
        queue->fd = -1;
    }
}

static int send_request(struct accept_queue *queue, uint8_t family, uint16_t flags)
{
    struct diag_request request = {
        .header = {.nlmsg_len = sizeof request,
                   .nlmsg_type = SOCK_DIAG_BY_FAMILY,
                   .nlmsg_flags = NLM_F_REQUEST | flags,
                   .nlmsg_seq = ++queue->request},
        .body = {.sdiag_family = family,
                 .sdiag_protocol = IPPROTO_TCP,
                 .idiag_states = 1U << TCP_LISTEN,
                 .id = {.idiag_sport = htons(queue->port),
                        .idiag_src = {htonl(INADDR_LOOPBACK)},
                        .idiag_cookie = {INET_DIAG_NOCOOKIE, INET_DIAG_NOCOOKIE}}},
    };

    if (send(queue->fd, &request, sizeof request, 0) != (ssize_t)sizeof request) {
        return -1;
    }
    return 0;
}

static void add_socket(const struct accept_queue *queue, const struct nlmsghdr *message, struct found *found)
{
    struct inet_diag_msg socket;

    memcpy(&socket, NLMSG_DATA(message), sizeof socket);
    if (socket.idiag_state == TCP_LISTEN && ntohs(socket.id.idiag_sport) == queue->port) {
        found->sockets++;
        found->waiting += socket.idiag_rqueue;
        found->least_room = socket.idiag_wqueue < found->least_room ? socket.idiag_wqueue : found->least_room;
    }
}

static enum reading take_message(const struct accept_queue *queue, const struct nlmsghdr *message, struct found *found)
{
    if (message->nlmsg_seq != queue->request) {
        return MORE;
    }
    if (message->nlmsg_type == NLMSG_DONE) {
        return DONE;
    }
    if (message->nlmsg_type == NLMSG_ERROR) {
        struct nlmsgerr failure;
        memcpy(&failure, NLMSG_DATA(message), sizeof failure);
        return failure.error == -ENOENT ? DONE : FAILED; /* ENOENT: nobody listens */
    }
    if (message->nlmsg_type == SOCK_DIAG_BY_FAMILY &&
        message->nlmsg_len >= NLMSG_LENGTH(sizeof(struct inet_diag_msg))) {
        add_socket(queue, message, found);
    }
    return (message->nlmsg_flags & NLM_F_MULTI) != 0 ? MORE : DONE;
}

static enum reading take_block(const struct accept_queue *queue, const void *block, size_t length, struct found *found)
{
    enum reading reading = MORE;
    unsigned left = (unsigned)length;

    for (const struct nlmsghdr *message = block; reading == MORE && NLMSG_OK(message, left);
         message = NLMSG_NEXT(message, left)) {
        reading = take_message(queue, message, found);
    }
    return reading;
}

/* The kernel has responded by the time that send returns; a read that finds nothing means that it never will. */
static int read_response(const struct accept_queue *queue, struct found *found)
{
    _Alignas(struct nlmsghdr) char block[16384];
    enum reading reading = MORE;

    while (reading == MORE) {
        ssize_t got = recv(queue->fd, block, sizeof block, 0);
        if (got <= 0) {
            return -1;
        }
        reading = take_block(queue, block, (size_t)got, found);
    }
    if (reading == FAILED) {
        return -1;
    }
    return 0;
}

static int look_at(struct accept_queue *queue, uint8_t family, uint16_t flags, struct found *found)
{
    if (send_request(queue, family, flags) != 0) {
        return -1;
    }
    return read_response(queue, found);
}

static int look_at_all(struct accept_queue *queue, struct found *found)
{
    int four = look_at(queue, AF_INET, NLM_F_DUMP, found);
    int six = look_at(queue, AF_INET6, NLM_F_DUMP, found);

    if (four != 0 && six != 0) {
        return -1;
    }
    queue->several = found->sockets > 1;
    /* A service that does not listen yet may open several sockets at any moment. */
    queue->countdown = found->sockets == 0 ? 0 : LOOK_AT_ALL_EVERY;
    return 0;
}

bool accept_queue_read(struct accept_queue *queue, uint64_t *ret_waiting)
{
    struct found found = {.least_room = UINT32_MAX};

    if (queue->fd < 0) {
        return false;
    }
    if (queue->several || queue->countdown == 0) {
        if (look_at_all(queue, &found) != 0) {
            return false;
        }
    } else if (look_at(queue, AF_INET, 0, &found) != 0) {
        return false;
    } else {
        queue->countdown--;
    }
    *ret_waiting = found.waiting;
    return true;
}

bool accept_queue_room(struct accept_queue *queue, uint32_t *ret_room)
{
    struct found found = {.least_room = UINT32_MAX};

    if (queue->fd < 0 || look_at_all(queue, &found) != 0 || found.sockets == 0) {
        return false;
    }
    *ret_room = found.least_room;
    return true;
}
