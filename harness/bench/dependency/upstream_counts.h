/* upstream_counts: what the harness's upstream service (contract/upstream/upstream.h) reports of the calls it got, read
 * over HTTP from GET /counts. */
#ifndef TWOFOLD_BENCH_DEPENDENCY_UPSTREAM_COUNTS_H
#define TWOFOLD_BENCH_DEPENDENCY_UPSTREAM_COUNTS_H

#include "base/error.h"
#include "contract/verify/client.h"
#include "record/dependency.h"

#include <stdint.h>

struct upstream_counts {
    uint64_t calls, failures; /* since it started */
    uint64_t connections;     /* open now, of the clients that have called it */
    struct call_sample sample;
};

/* Reads the counts; waits as long as `client` was made to wait. */
int upstream_counts_read(struct client *client, struct upstream_counts *ret_counts, struct error *err);

#endif
