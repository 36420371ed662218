/* slow_client: one connection whose client sends a request slowly, a byte at a time, as a phone in a tunnel or a
 * slowloris does. When each byte goes is up to its owner. Plain HTTP/1.1 only. */
#ifndef TWOFOLD_LOAD_SLOW_SLOW_CLIENT_H
#define TWOFOLD_LOAD_SLOW_SLOW_CLIENT_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uv.h>

/* What all clients send. */
struct slow_message {
    const char *data; /* the request, head and body */
    size_t length;
    size_t at_once; /* how much of it goes when the connection opens; less than `length` */
};

/* How a connection ended, other than by its owner. */
enum slow_end {
    SLOW_REFUSED,   /* it was never connected */
    SLOW_DENIED,    /* the same, because this machine had no file descriptor, port or memory left for it */
    SLOW_CLOSED,    /* the service closed it without a response before the request was whole */
    SLOW_TIMED_OUT, /* it answered 408 before the request was whole */
    SLOW_REJECTED,  /* it answered anything else before the request was whole */
    SLOW_ANSWERED,  /* it answered, or closed, once the request was whole */
};

struct slow_client;

/* Called from within the loop only, never from within a call to the client. */
struct slow_client_events {
    void (*connected)(void *owner); /* and what goes at once is sent */
    void (*ended)(void *owner, enum slow_end end);
};

struct slow_client_options {
    uv_loop_t *loop;
    const struct sockaddr_storage *address; /* of the service; it and all below are borrowed */
    const struct slow_message *message;
    const struct slow_client_events *events;
    uint64_t opened; /* how many connections the thread has opened before (plain_transport_prepare) */
};

/* Begin to connect; an event follows. NULL where that cannot be; *ret_end says why. */
struct slow_client *slow_client_open(const struct slow_client_options *options, void *owner, enum slow_end *ret_end);

/* Send the next byte of a client that is connected. Returns whether more are to be sent. */
bool slow_client_send(struct slow_client *client);

/* Close it without an event; its memory goes when the loop has run. After `ended` it is closed already. */
void slow_client_close(struct slow_client *client);

#endif
