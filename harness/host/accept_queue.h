/* accept_queue: how many connections wait to be accepted on a TCP port of this machine. Asks the kernel through
 * sock_diag, which takes microseconds; /proc/net/tcp has the same numbers and takes milliseconds. */
#ifndef TWOFOLD_HOST_ACCEPT_QUEUE_H
#define TWOFOLD_HOST_ACCEPT_QUEUE_H

#include <stdbool.h>
#include <stdint.h>

struct accept_queue {
    int fd; /* -1: the kernel does not offer sock_diag */
    uint16_t port;
    uint32_t request;   /* number of the last request, so that its response is not taken for another's */
    bool several;       /* more than one socket listens (SO_REUSEPORT): every reading looks through all of them */
    unsigned countdown; /* readings until the sockets are counted again */
};

/* Where the kernel does not offer sock_diag, every reading is unknown. */
void accept_queue_init(struct accept_queue *queue, uint16_t port);
void accept_queue_release(struct accept_queue *queue);

/* The number of connections waiting at this moment, over all sockets that listen on the port; 0 when none listens.
 * Returns whether it is known; otherwise `ret_waiting` is untouched. */
bool accept_queue_read(struct accept_queue *queue, uint64_t *ret_waiting);

/* How many connections may wait on the port: what was asked for with listen(), at most net.core.somaxconn; of several
 * sockets that of the one with the least. Returns whether it is known and a socket listens; otherwise `ret_room` is
 * untouched. */
bool accept_queue_room(struct accept_queue *queue, uint32_t *ret_room);

#endif
