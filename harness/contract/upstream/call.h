/* call: what one request to the upstream asks for, and the bytes of its answer. Knows nothing of sockets. */
#ifndef TWOFOLD_CONTRACT_UPSTREAM_CALL_H
#define TWOFOLD_CONTRACT_UPSTREAM_CALL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CALL_TARGET_MOST 128
#define CALL_ANSWER_MOST 512

enum call_kind {
    CALL_VALUE,  /* /values/{key}/{call} */
    CALL_COUNTS, /* /counts */
    CALL_HEALTH, /* /healthz */
    CALL_OTHER,  /* anything else: 404 */
};

struct call {
    enum call_kind kind;
    uint64_t key; /* of CALL_VALUE */
    uint32_t number;
};

struct counts {
    uint64_t calls;       /* of /values, as they came in */
    uint64_t failures;    /* of them answered with 503 */
    uint64_t connections; /* open now, of those that have called */
    uint64_t answered;    /* of the calls */
    uint64_t time_ns;     /* that these took, from request to answer, together */
    uint64_t in_flight;   /* called and not answered now, those that wait for a place included */
    uint64_t visit_ns;    /* time in which at least one call of a key was in flight, summed over keys */
};

/* Read the target of a GET. */
void call_read(struct call *call, const char *target, size_t length);

/* Write the answer as HTTP/1.1 to `out`, which has room for CALL_ANSWER_MOST. Returns its length. */
size_t call_answer(const struct call *call, bool fails, const struct counts *counts, bool last, char *out);

#endif
