/* fault_server: a small HTTP/1.1 server on loopback, in a thread of its own, with one fault. The tests of the generator
 * bring it along.
 *
 * It responds to any request with 200 and {"id":N,"length":L}: N is the number at the end of the path, L how many bytes
 * the body had. Faults that are for some requests only take every `every`-th of them, counted over all connections. */
#ifndef TWOFOLD_TESTS_SUPPORT_FAULT_SERVER_H
#define TWOFOLD_TESTS_SUPPORT_FAULT_SERVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum fault {
    FAULT_NONE,
    FAULT_SLOW,         /* each response `time_ns` after its request */
    FAULT_SILENT,       /* some: no response, ever */
    FAULT_STATUS,       /* some: 500 */
    FAULT_BODY,         /* some: {"id":-1} */
    FAULT_GARBAGE,      /* some: bytes that are not HTTP */
    FAULT_HEADERS,      /* some: headers without an end */
    FAULT_SURPLUS,      /* some: bytes behind the response */
    FAULT_RESET,        /* some: half a response, then a reset */
    FAULT_CUT,          /* some: half a response, then an orderly end */
    FAULT_CLOSE_SAID,   /* Connection: close with each response, and so it does */
    FAULT_CLOSE_UNSAID, /* closes after each response without a word */
    FAULT_HALF_CLOSE,   /* shuts its own side after each response, and reads on */
    FAULT_IDLE_CLOSE,   /* closes connections that rested for `time_ns` */
    FAULT_IMPATIENT,    /* the same, and says 408 where a request had begun */
    FAULT_EARLY,        /* responds to the first request of a connection before it came */
    FAULT_DRIP,         /* responds byte by byte, `time_ns` between */
    FAULT_DEAF,         /* accepts, and never reads */
    FAULT_REFUSE,       /* does not listen */
    FAULT_STOP,         /* with the `every`-th request it closes all connections and listens no more */
    FAULT_FREEZE,       /* does nothing any more from `time_ns` after its first request on */
    FAULT_STALL,        /* does nothing for the last `time_ns` of every `period_ns` since its first request */
    FAULT_QUEUE,        /* one request after another, each taking an exponential time of mean `time_ns` */
};

struct fault_server_options {
    enum fault fault;
    uint64_t time_ns, period_ns;
    unsigned every;
    bool ipv6;
};

/* What the server saw. */
struct fault_record {
    uint64_t *arrivals; /* clock_now_ns() of each whole request, in order */
    size_t requests;
    uint64_t faults;      /* requests that the fault was for */
    uint64_t responses;   /* whole ones, sent */
    uint64_t connections; /* accepted */
    uint64_t most_open;   /* at one time */
    uint32_t sources;     /* addresses that they came from, 127.0.0.1 and those behind it without a gap */
    uint64_t resets;      /* connections that the client reset */
    uint64_t digest;      /* of all requests, whatever their order: of their first lines and their bodies */
};

struct fault_server;

/* NULL where the address cannot be had (no IPv6 here); any other failure fails the test. */
struct fault_server *fault_server_start(const struct fault_server_options *options);
uint16_t fault_server_port(const struct fault_server *server);

/* Stop and free it. What it saw goes to *ret_record, unless that is NULL; the caller releases it. */
void fault_server_stop(struct fault_server *server, struct fault_record *ret_record);
void fault_record_release(struct fault_record *record);

#endif
