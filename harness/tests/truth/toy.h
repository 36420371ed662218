/* toy: a small HTTP service with one known fault: `toy FAULT [AMOUNT]`, HOST and PORT in its environment. It serves
 * GET /healthz and GET /items/{id} of the contract, one thread a connection. The fault acts only on requests with an
 * X-Load header, so that `twofold verify` finds a sound service; truth.json says what must be found under load. */
#ifndef TWOFOLD_TESTS_TRUTH_TOY_H
#define TWOFOLD_TESTS_TRUTH_TOY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define US UINT64_C(1000)
#define MS UINT64_C(1000000)

/* What becomes of a request; any other value is the HTTP status of an error response. */
enum answer {
    ANSWER_RIGHT = 0,
    ANSWER_WRONG = -1, /* another item than the one asked for */
    ANSWER_RESET = -2, /* the connection is reset */
    ANSWER_NEVER = -3, /* nothing is sent, and the connection stays open */
};

struct fault {
    const char *name;
    void (*prepare)(long amount);    /* before it listens; NULL: nothing */
    void (*wake)(long amount);       /* once, at the first request with X-Load; NULL: nothing */
    void (*connection)(long amount); /* on each new connection's thread, before its first request; NULL: nothing */
    int (*work)(long amount);        /* for each request with X-Load: an enum answer or a status; NULL: ANSWER_RIGHT */
    int backlog;                     /* of the listening socket; 0: 4,096 */
    bool close; /* under load each connection serves one request, and accepting one takes `amount` us */
};

/* The faults, in one table a file; each ends with a nameless one. */
extern const struct fault toy_working[], toy_waiting[], toy_keeping[], toy_answering[], toy_pausing[], toy_forking[];

/* --- for faults ------------------------------------------------------------------------------------------------------
 */

uint64_t toy_now_ns(void);
void toy_burn(uint64_t ns); /* of this thread's CPU time */
void toy_sleep(uint64_t ns);
void toy_sleep_until(uint64_t at_ns);                /* of toy_now_ns */
double toy_uniform(void);                            /* in [0, 1), of this thread's own stream */
void toy_start(void *(*run)(void *), void *context); /* a thread of its own; the program ends where it cannot */

/* --- the server ------------------------------------------------------------------------------------------------------
 */

/* The item as the contract's JSON, in `text`, of at least 256 bytes. Its length. */
int toy_item(uint32_t id, char *text);

/* Serves until SIGTERM. */
void toy_serve(const struct fault *fault, long amount);

#endif
