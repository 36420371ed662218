/* upstream_service: the slow service that backends call where a scenario needs one. It is this program itself, started
 * as a process of its own with the subcommand "upstream". */
#ifndef TWOFOLD_BENCH_DEPENDENCY_UPSTREAM_SERVICE_H
#define TWOFOLD_BENCH_DEPENDENCY_UPSTREAM_SERVICE_H

#include "base/core_set.h"
#include "base/error.h"
#include "contract/upstream_rule.h"
#include "contract/verify/client.h"
#include "host/process/service.h"
#include "plan/scenario/needs.h"

#include <stdint.h>

/* `= {0}` is one that was not started. */
struct upstream_service {
    struct service *service; /* NULL: not started */
    char *url;
    struct upstream_rule rule; /* how it answers each call */
    struct client *client;     /* reads its counts between steps */
    struct client *watcher;    /* reads its counts during a step: gives up after half a second */
};

/* Starts it on `cores`, as `needs` says, and waits until it is ready. `seed` is that of its delays. Nothing is left
 * running on failure. */
int upstream_service_start(struct upstream_service *upstream, const struct needs *needs, const struct core_set *cores,
                           uint64_t seed, struct error *err);

/* Stops it and releases everything. */
void upstream_service_stop(struct upstream_service *upstream);

#endif
