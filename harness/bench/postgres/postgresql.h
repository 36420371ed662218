/* postgresql: the database that backends keep their orders in where a scenario needs one: a server of the harness's own
 * for the length of a run, or the one that the environment variable DATABASE_URL names. A given one serves one run at a
 * time, which holds an advisory lock in it. */
#ifndef TWOFOLD_BENCH_POSTGRES_POSTGRESQL_H
#define TWOFOLD_BENCH_POSTGRES_POSTGRESQL_H

#include "base/error.h"
#include "bench/postgres/cluster.h"
#include "bench/postgres/database.h"

#include <stdbool.h>
#include <sys/types.h>

struct postgresql_options {
    struct cluster_options cluster; /* of a server of the harness's own */
    bool allow_remote;              /* a given one may be on another machine */
};

/* `= {0}` is one that was not started. */
struct postgresql {
    struct cluster cluster;    /* empty where DATABASE_URL names another */
    struct database *database; /* the harness's own connection; NULL: not started */
    char *url;
    bool given; /* by DATABASE_URL */
};

/* Starts a server by `options`, or takes the given one, and connects to it. Nothing is left behind on failure. Takes
 * what PostgreSQL's own programs read from the environment (PGSSLMODE, PGOPTIONS, …) out of this process's where the
 * server is the harness's own: the user's settings are for other servers. A given one is refused (ERROR_INPUT) when it
 * is not on this machine, and when another run uses it. */
int postgresql_start(struct postgresql *postgresql, const struct postgresql_options *options, struct error *err);

/* Makes it respond again after a fault: continues processes that are stopped, starts a server of the harness's own
 * again where that is necessary, and connects anew. A given one is waited for, 60 s at most. Tables are not its
 * concern. */
int postgresql_mend(struct postgresql *postgresql, const struct postgresql_options *options, struct error *err);

/* Disconnects; stops and removes a server of the harness's own. A given one stays as it is, with its tables. */
void postgresql_stop(struct postgresql *postgresql);

/* What is wrong with it now, as far as that can be seen without asking it. */
enum dependency_fault postgresql_fault(const struct postgresql *postgresql);

/* The server's first process, or 0 for a given server, whose processes are not the harness's to read. */
pid_t postgresql_pid(const struct postgresql *postgresql);

#endif
