/* cluster: a PostgreSQL of the harness's own for the length of a run: made in a temporary folder, listening on a
 * loopback port with a password that nobody else knows, on its own cores; stopped and removed at the end. A guardian
 * process stops and removes it when this process dies, however that happens. Where this process is root the server runs
 * as another user, because PostgreSQL refuses root. */
#ifndef TWOFOLD_BENCH_DEPENDENCY_CLUSTER_H
#define TWOFOLD_BENCH_DEPENDENCY_CLUSTER_H

#include "base/core_set.h"
#include "base/error.h"
#include "host/process/service.h"

#include <stdatomic.h>
#include <sys/types.h>

struct cluster_options {
    const struct core_set *cores; /* that it may run on */
    unsigned connections_most;
    const atomic_bool *stop; /* may be NULL */
};

struct cluster {
    char *folder, *url, *version;
    struct service *server;
    pid_t guardian; /* removes the folder once the pipe is closed, by cluster_stop or by this process's death */
    int guardian_pipe;
};

/* Make it, start it and wait until it takes connections. Fails with what is missing or what the server said last;
 * nothing is left behind then. */
int cluster_start(struct cluster *cluster, const struct cluster_options *options, struct error *err);

/* Stop the server and remove all of it. `= {0}` is fine. */
void cluster_stop(struct cluster *cluster);

/* "postgresql://user:password@127.0.0.1:port/database", borrowed. */
const char *cluster_url(const struct cluster *cluster);

pid_t cluster_pid(const struct cluster *cluster);

#endif
