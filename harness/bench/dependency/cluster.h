/* cluster: a PostgreSQL server of the harness's own for the length of a run. It is made in a temporary folder, listens
 * on a loopback port with a password that nobody else knows, runs on its own cores, and is stopped and removed at the
 * end, also when this process is killed (bench/dependency/guardian.h). */
#ifndef TWOFOLD_BENCH_DEPENDENCY_CLUSTER_H
#define TWOFOLD_BENCH_DEPENDENCY_CLUSTER_H

#include "base/core_set.h"
#include "base/error.h"
#include "bench/dependency/guardian.h"
#include "host/process/service.h"

#include <stdatomic.h>
#include <sys/types.h>

struct cluster_options {
    const struct core_set *cores; /* that it may run on; NULL: all */
    unsigned connections_most;
    const atomic_bool *stop; /* may be NULL */
};

/* `= {0}` is none. */
struct cluster {
    char *folder, *url;
    struct service *server;
    struct guardian guardian;
};

/* Makes the server, starts it and waits until it accepts connections (60 s at most). Fails with what is missing, or
 * with the server's last output; nothing is left behind then. */
int cluster_start(struct cluster *cluster, const struct cluster_options *options, struct error *err);

/* Stops the server and removes everything. */
void cluster_stop(struct cluster *cluster);

/* "postgresql://user:password@127.0.0.1:port/database", borrowed. */
const char *cluster_url(const struct cluster *cluster);

/* The server's first process. */
pid_t cluster_pid(const struct cluster *cluster);

#endif
