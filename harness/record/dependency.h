/* dependency: what ran beside the backends because the scenario needed it (the upstream service, PostgreSQL), and what the
 * host said of it. Plain data. */
#ifndef TWOFOLD_RECORD_DEPENDENCY_H
#define TWOFOLD_RECORD_DEPENDENCY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Once a run. */
struct dependency_record {
    char *name;     /* "upstream", "postgresql" */
    char *version;  /* what it says of itself */
    char *settings; /* how it was started, for people */
    char *cores;    /* "3"; NULL where it is not the harness's (DATABASE_URL) and was not looked at */
    bool shared;    /* its cores are the service's */
};

/* One reading of its process tree, on the clock of all others. Counters are cumulative. */
struct dependency_sample {
    uint64_t at_ns;
    uint64_t processes, threads;
    uint64_t cpu_ns;                /* user and system, all threads */
    uint64_t busiest_thread_cpu_ns; /* by the thread that used most since the reading before */
    uint64_t run_delay_ns;          /* its threads were runnable and waited for a core */
    uint64_t rss_bytes;             /* summed over processes: PostgreSQL's shared memory counts once a process */
    uint64_t anonymous_bytes;
    uint64_t descriptors;
};

/* What one step did to it. */
struct dependency_load {
    char *name;
    unsigned cores; /* that it may run on */
    bool shared;    /* they are the service's */
    struct dependency_sample *samples;
    size_t sample_count;
    uint64_t connections; /* that clients held at the end of the step */
};

/* Of one kind of request over a whole trial: the sums of struct request_record. */
struct audit_count {
    char *name;
    uint64_t sent, good, late, wrong, lost;
};

/* What the upstream counted while the trial's load ran. */
struct upstream_audit {
    bool counted;
    uint64_t calls, failures;
};

/* What the database holds after the trial beyond what it held before its load. */
struct database_audit {
    bool counted;
    uint64_t orders;       /* stored */
    uint64_t lines;        /* of them */
    uint64_t quantity;     /* in these lines */
    uint64_t stock_taken;  /* from the items */
    uint64_t wrong_orders; /* without lines, with lines out of order, or whose total is not that of its lines */
    uint64_t wrong_items;  /* whose stock does not differ from what it was by what was ordered of it */
};

/* Once a trial, when its service is gone: what the dependencies hold against the answers given. */
struct audit_record {
    char *backend;
    unsigned trial;
    struct audit_count *counts; /* in the scenario's order */
    size_t count;
    struct upstream_audit upstream;
    struct database_audit database;
};

void dependency_record_release(struct dependency_record *record);
void dependency_load_release(struct dependency_load *load);
void audit_record_release(struct audit_record *record);

#endif
