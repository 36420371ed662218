/* dependencies: what runs beside the backends because a scenario needs it: the upstream service and PostgreSQL, started
 * once a run, on cores of their own where there are enough, stopped and removed with it. */
#ifndef TWOFOLD_BENCH_DEPENDENCY_DEPENDENCIES_H
#define TWOFOLD_BENCH_DEPENDENCY_DEPENDENCIES_H

#include "base/core_set.h"
#include "base/error.h"
#include "bench/dependency/cluster.h"
#include "bench/dependency/database.h"
#include "bench/dependency/dependency_sampler.h"
#include "contract/upstream_rule.h"
#include "contract/verify/client.h"
#include "host/process/service.h"
#include "plan/scenario/needs.h"
#include "record/run_log.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

struct dependencies_options {
    const struct needs *needs;
    const struct core_set *cores; /* that they may run on */
    bool cores_shared;            /* they are the service's */
    unsigned service_cores;       /* of the backends: how many connections they may have is counted by it */
    uint64_t seed;                /* of the upstream's delays */
    const atomic_bool *stop;      /* may be NULL */
};

struct dependencies {
    struct service *upstream; /* NULL: not needed */
    uint16_t upstream_port;
    char *upstream_url;
    struct upstream_rule rule; /* by which it answers */
    struct cluster cluster;    /* of the harness's own; empty where DATABASE_URL was given */
    struct database *database; /* NULL: not needed */
    char *database_url;
    bool database_given;
    struct client *upstream_client;  /* asks the upstream for its counts */
    struct client *upstream_watcher; /* the same while a step runs: it does not wait for long */
    struct watched {
        const char *name;
        struct dependency_sampler *sampler; /* NULL: one that was given, whose processes are not looked at */
    } watched[2];
    size_t watched_count;
    char *cores; /* as text */
    unsigned core_count;
    bool cores_shared;
    char *variables[3]; /* "UPSTREAM_URL=…", "DATABASE_URL=…", NULL-terminated: for a backend's environment */
};

/* Start what is needed, and make the tables. Nothing is left behind on failure. */
int dependencies_start(struct dependencies *dependencies, const struct dependencies_options *options,
                       struct error *err);

/* Stop and remove all of it. `= {0}` is fine. A database that was given stays, with its tables. */
void dependencies_stop(struct dependencies *dependencies);

/* How many orders a trial finds, to read before any is placed: ids from 1 on. */
#define DEPENDENCIES_ORDERS 1000

/* The tables made anew as the contract's rule fills them, with so many orders in them. Does nothing without a database. */
int dependencies_reset(struct dependencies *dependencies, unsigned orders, struct error *err);

/* A record of each for the run log. */
int dependencies_write(const struct dependencies *dependencies, const struct needs *needs, struct run_writer *writer,
                       struct error *err);

/* A step of a trial: room for its samples, one sample of each (behind the step's own), and who is connected at its end. */
void dependencies_begin_step(const struct dependencies *dependencies, struct step_record *step);
void dependencies_sample(const struct dependencies *dependencies, struct step_record *step);
void dependencies_end_step(const struct dependencies *dependencies, struct step_record *step);

/* The upstream's counters. */
int dependencies_count_calls(const struct dependencies *dependencies, struct upstream_audit *ret_audit,
                             struct error *err);

#endif
