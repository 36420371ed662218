/* upstream: a service that backends call: GET /values/{key}/{call} is answered after a delay with {"value": N}, or with
 * 503 for a stated share of the calls. What comes back is a pure function of the call (base/upstream_rule.h), so an
 * answer that a backend invented or kept is told from one that it fetched. It counts the calls, and the time that they
 * spend in it, and tells them: GET /counts. One thread, any number of calls at a time, or as many as it is told to: the
 * others wait in line then, as in a service that is too small. */
#ifndef TWOFOLD_CONTRACT_UPSTREAM_UPSTREAM_H
#define TWOFOLD_CONTRACT_UPSTREAM_UPSTREAM_H

#include "base/error.h"
#include "contract/upstream_rule.h"

#include <stdbool.h>
#include <stdint.h>

#define UPSTREAM_HOST "127.0.0.1"

struct upstream_options {
    uint16_t port;
    uint64_t delay_ns; /* of each answer, or their mean */
    bool exponential;  /* the delays are spread so; false: all the same */
    uint64_t seed;     /* of the delays */
    uint64_t at_once;  /* calls that it works on at a time; 0: all of them */
    struct upstream_rule rule;
};

/* Serve until SIGTERM or SIGINT. Fails when it cannot listen. */
int upstream_run(const struct upstream_options *options, struct error *err);

#endif
