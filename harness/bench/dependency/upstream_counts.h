/* upstream_counts: what the harness's upstream service (upstream/upstream.h) tells of the calls it got: asked for over HTTP,
 * by a client that waits no longer than it was made for. */
#ifndef TWOFOLD_BENCH_DEPENDENCY_UPSTREAM_COUNTS_H
#define TWOFOLD_BENCH_DEPENDENCY_UPSTREAM_COUNTS_H

#include "base/error.h"
#include "contract/verify/client.h"
#include "record/dependency.h"

#include <stdint.h>

struct upstream_counts {
    uint64_t calls, failures; /* since it started */
    uint64_t connections;     /* open now, of those that have called */
    struct call_sample sample;
};

int upstream_counts_read(struct client *client, struct upstream_counts *ret_counts, struct error *err);

#endif
