/* upstream: the service that the sample backends call for a fan-out.
 *
 * GET /values/{key}/{call} is answered after a delay with {"value": N}, or with 503 for a configured share of the
 * calls. The response is a pure function of the call (contract/upstream_rule.h), so a value that a backend invented or
 * cached can be told from one that it fetched. GET /counts reports how many calls came and how long they took. One
 * thread serves any number of calls at a time, or at most `at_once`; further calls then wait in line, as they do at a
 * service that is too small. */
#ifndef TWOFOLD_CONTRACT_UPSTREAM_UPSTREAM_H
#define TWOFOLD_CONTRACT_UPSTREAM_UPSTREAM_H

#include "base/error.h"
#include "contract/upstream_rule.h"

#include <stdbool.h>
#include <stdint.h>

#define UPSTREAM_HOST "127.0.0.1"

struct upstream_options {
    uint16_t port;
    uint64_t delay_ns; /* of each response; their mean when exponential */
    bool exponential;  /* delays are drawn from an exponential distribution; false: all equal */
    uint64_t seed;     /* of the random delays */
    uint64_t at_once;  /* calls served at a time; 0: no limit */
    struct upstream_rule rule;
};

/* Serve until SIGTERM or SIGINT arrives. Returns 0 then, -1 when the port cannot be listened on. */
int upstream_run(const struct upstream_options *options, struct error *err);

#endif
