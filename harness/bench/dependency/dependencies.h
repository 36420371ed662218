/* dependencies: what runs beside the backends because a scenario needs it: the upstream service and PostgreSQL. They
 * are started once a run, on cores of their own where there are enough, and stopped and removed with it. */
#ifndef TWOFOLD_BENCH_DEPENDENCY_DEPENDENCIES_H
#define TWOFOLD_BENCH_DEPENDENCY_DEPENDENCIES_H

#include "base/core_set.h"
#include "base/error.h"
#include "bench/dependency/dependency_sampler.h"
#include "bench/dependency/provisions.h"
#include "bench/dependency/upstream_service.h"
#include "bench/postgres/postgresql.h"
#include "plan/scenario/needs.h"
#include "record/run_log.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

struct dependencies_options {
    const struct needs *needs;
    const struct core_set *cores; /* that they may run on */
    bool cores_shared;            /* these are the service's cores */
    unsigned service_cores;       /* of the backends: the number of their database sessions is computed from it */
    uint64_t seed;                /* of the upstream's delays */
    bool allow_remote;            /* the database of DATABASE_URL may be on another machine */
    const atomic_bool *stop;      /* may be NULL */
};

/* One of them, as it is watched (bench/dependency/health.h). */
struct watched {
    const char *name;
    struct dependency_sampler *sampler; /* NULL: a given one, whose processes are not read */
    enum dependency_fault fault;        /* since it was mended last */
    enum dependency_fault mended;       /* what was, since the last step began; well: nothing */
    uint64_t silent_since_ns;           /* when it first did not respond, if it has not responded since; else 0 */
};

/* `= {0}` has none. */
struct dependencies {
    struct upstream_service upstream;
    struct postgresql postgresql;
    struct upstream_start upstream_start; /* what they were started by borrows from dependencies_options */
    struct postgresql_options postgresql_options;
    struct watched watched[2];
    size_t watched_count;
    char *cores; /* as text */
    unsigned core_count;
    bool cores_shared;
    struct provisions provisions;
    char *variables[3 + PROVISIONS_VARIABLES]; /* "UPSTREAM_URL=…", "DATABASE_URL=…" and what is provided,
                                                * NULL-terminated: for a backend's environment */
};

/* Starts what is needed, makes the tables, without orders, and finds what else is given. Nothing is left behind on
 * failure. What the options point to must outlive it. */
int dependencies_start(struct dependencies *dependencies, const struct dependencies_options *options,
                       struct error *err);

/* After it was mended: it may be another process, and nothing is wrong with it any more. The next step tells what was.
 */
void dependencies_watch_anew(struct dependencies *dependencies, struct watched *watched);

/* Stops and removes all of it. A database that was given stays, with its tables. */
void dependencies_stop(struct dependencies *dependencies);

/* Whether each was started. */
bool dependencies_have_upstream(const struct dependencies *dependencies);
bool dependencies_have_database(const struct dependencies *dependencies);

/* Makes the tables anew with `orders` orders in them. Does nothing without a database. Fails without a connection. */
int dependencies_reset(const struct dependencies *dependencies, unsigned orders, struct error *err);

/* Writes a record of each to the run log. */
int dependencies_write(const struct dependencies *dependencies, const struct needs *needs, struct run_writer *writer,
                       struct error *err);

#endif
