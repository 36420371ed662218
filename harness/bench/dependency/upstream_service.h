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

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/* `= {0}` is one that was not started. */
struct upstream_service {
    struct service *service; /* NULL: not started */
    char *url;
    uint16_t port;
    struct upstream_rule rule; /* how it answers each call */
    struct client *client;     /* reads its counts between steps */
    struct client *watcher;    /* reads its counts during a step: gives up after half a second */
};

struct upstream_start {
    const struct needs *needs;
    const struct core_set *cores; /* that it may run on */
    uint64_t seed;                /* of its delays */
    const atomic_bool *stop;      /* may be NULL */
};

/* Starts it and waits until it is ready. Nothing is left running on failure. */
int upstream_service_start(struct upstream_service *upstream, const struct upstream_start *options, struct error *err);

/* Makes it respond again after a fault: continues it if it is stopped, and starts it again, on the same port and with
 * the same options, where that is not enough. Its counts may begin anew. */
int upstream_service_mend(struct upstream_service *upstream, const struct upstream_start *options, struct error *err);

/* Whether its process has ended. */
bool upstream_service_ended(const struct upstream_service *upstream);

/* Stops it and releases everything. */
void upstream_service_stop(struct upstream_service *upstream);

#endif
