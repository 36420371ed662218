/* postgresql: the database that backends keep their orders in where a scenario needs one: a server of the harness's own
 * for the length of a run, or the one that the environment variable DATABASE_URL names. */
#ifndef TWOFOLD_BENCH_DEPENDENCY_POSTGRESQL_H
#define TWOFOLD_BENCH_DEPENDENCY_POSTGRESQL_H

#include "base/error.h"
#include "bench/dependency/cluster.h"
#include "bench/dependency/database.h"

#include <stdbool.h>
#include <sys/types.h>

/* `= {0}` is one that was not started. */
struct postgresql {
    struct cluster cluster;    /* empty where DATABASE_URL names another */
    struct database *database; /* the harness's own connection; NULL: not started */
    char *url;
    bool given; /* by DATABASE_URL */
};

/* Starts a server by `options`, or takes the given one, and connects to it. Nothing is left behind on failure. */
int postgresql_start(struct postgresql *postgresql, const struct cluster_options *options, struct error *err);

/* Disconnects; stops and removes a server of the harness's own. A given one stays as it is, with its tables. */
void postgresql_stop(struct postgresql *postgresql);

/* The server's first process, or 0 for a given server, whose processes are not the harness's to read. */
pid_t postgresql_pid(const struct postgresql *postgresql);

#endif
