/* upstream_call: what one request to the upstream asks for, and the bytes of its response. It does not touch sockets.
 */
#ifndef TWOFOLD_CONTRACT_UPSTREAM_UPSTREAM_CALL_H
#define TWOFOLD_CONTRACT_UPSTREAM_UPSTREAM_CALL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define UPSTREAM_TARGET_MOST   128
#define UPSTREAM_RESPONSE_MOST 512

enum upstream_target {
    CALL_VALUE,  /* /values/{key}/{call} */
    CALL_COUNTS, /* /counts */
    CALL_HEALTH, /* /healthz */
    CALL_OTHER,  /* anything else: 404 */
};

struct upstream_call {
    enum upstream_target kind;
    uint64_t key; /* of CALL_VALUE */
    uint32_t number;
};

struct upstream_totals {
    uint64_t calls;       /* of /values, received */
    uint64_t failures;    /* calls whose response was 503 */
    uint64_t connections; /* open now that have sent a call */
    uint64_t answered;    /* calls that have had their response */
    uint64_t time_ns;     /* total time of the answered calls, from request to response */
    uint64_t in_flight;   /* calls without a response yet, including those that wait in line */
    uint64_t visit_ns;    /* time with at least one call of a key in flight, summed over all keys */
};

/* Parse the target of a GET, such as "/values/7/0". Anything unknown becomes CALL_OTHER. */
void upstream_call_read(struct upstream_call *call, const char *target, size_t length);

/* Write the HTTP/1.1 response to `out`, which has room for UPSTREAM_RESPONSE_MOST bytes. `fails` makes it a 503, `last`
 * adds "Connection: close". Returns its length in bytes. */
size_t upstream_call_respond(const struct upstream_call *call, bool fails, const struct upstream_totals *counts,
                             bool last, char *out);

#endif
