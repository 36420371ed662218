/* cluster: a PostgreSQL server of the harness's own for the length of a run. It is made in a temporary folder, listens
 * on a loopback port with a password that nobody else knows, runs on its own cores, and is stopped and removed at the
 * end, also when this process is killed (bench/postgres/guardian.h). */
#ifndef TWOFOLD_BENCH_POSTGRES_CLUSTER_H
#define TWOFOLD_BENCH_POSTGRES_CLUSTER_H

#include "base/core_set.h"
#include "base/error.h"
#include "bench/postgres/guardian.h"
#include "host/process/service.h"
#include "record/dependency.h"

#include <stdatomic.h>
#include <stdint.h>
#include <sys/types.h>

struct cluster_options {
    const struct core_set *cores; /* that it may run on; NULL: all */
    unsigned connections_most;
    const atomic_bool *stop; /* may be NULL */
};

/* Its hexadecimal digits, and a 0. */
#define CLUSTER_PASSWORD_SIZE 33

/* `= {0}` is none. */
struct cluster {
    char *folder, *data, *url; /* `data`: the folder of the server's data, below `folder` */
    char password[CLUSTER_PASSWORD_SIZE];
    uint16_t port;
    struct service *server;
    struct guardian guardian;
};

/* Makes the server, starts it and waits until it accepts connections (60 s at most). Fails with what is missing, or
 * with the server's last output; nothing is left behind then. A server that accepts connections and refuses this one is
 * not asked again. */
int cluster_start(struct cluster *cluster, const struct cluster_options *options, struct error *err);

/* Ends what is left of the server and starts it again: with the same data, port and password. Fails as cluster_start
 * does; the folder stays then. */
int cluster_restart(struct cluster *cluster, const struct cluster_options *options, struct error *err);

/* What can be seen from outside to be wrong with the server: it has ended, or its disk is full. */
enum dependency_fault cluster_fault(const struct cluster *cluster);

/* Continues its processes that are stopped. */
void cluster_continue(const struct cluster *cluster);

/* Stops the server and removes everything. */
void cluster_stop(struct cluster *cluster);

/* "postgresql://user:password@127.0.0.1:port/database", borrowed. */
const char *cluster_url(const struct cluster *cluster);

/* The server's first process; 0 when it was not started again. */
pid_t cluster_pid(const struct cluster *cluster);

#endif
