/* listener: how many connections wait to be accepted on a TCP port of this machine, asked of the kernel by its own
 * interface for that (sock_diag). /proc/net/tcp would say the same in milliseconds instead of microseconds. */
#ifndef TWOFOLD_HOST_LISTENER_H
#define TWOFOLD_HOST_LISTENER_H

#include <stdbool.h>
#include <stdint.h>

struct listener {
    int fd; /* -1: the kernel does not answer such questions */
    uint16_t port;
    uint32_t question;  /* numbers the questions, so that no answer is taken for another's */
    bool several;       /* more than one socket listens (SO_REUSEPORT): all of them must be looked through */
    unsigned countdown; /* readings until it is looked again how many there are */
};

/* Where the kernel does not answer, every reading says "not known". */
void listener_init(struct listener *listener, uint16_t port);
void listener_release(struct listener *listener);

/* The number waiting at this moment, over all sockets that listen on the port; 0 when none does. Returns whether it is
 * known; `ret_waiting` is untouched otherwise. */
bool listener_read(struct listener *listener, uint64_t *ret_waiting);

#endif
