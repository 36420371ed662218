/* dependency: what ran beside the backends because the scenario needed it (the upstream service, PostgreSQL), and what
 * the host said of it. Plain data. */
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

/* What a service that is called says of itself, about five times a second. All but in_flight are cumulative. */
struct call_sample {
    uint64_t at_ns;     /* when it was read */
    uint64_t answered;  /* calls */
    uint64_t time_ns;   /* that these took in it, from request to answer, together */
    uint64_t in_flight; /* calls that are in it at this moment */
    uint64_t visit_ns;  /* time in which at least one call for a request was in it, summed over requests */
};

/* What a database says of the sessions that others hold, about five times a second, at this moment. */
struct session_sample {
    uint64_t at_ns;     /* when its answer was read: it was asked for at most some tenths of a second before */
    uint64_t sessions;  /* of clients, the harness's own left out */
    uint64_t active;    /* of them at work on a statement */
    uint64_t idle_open; /* of them with a transaction open, waiting for the client */
    uint64_t on_locks;  /* of the active ones waiting for a row or table that another holds */
    uint64_t on_inner;  /* of the active ones waiting for a lock or buffer of the database's own */
    uint64_t on_disk;   /* of the active ones waiting for a file */
};

/* What one step did to it. */
struct dependency_load {
    char *name;
    unsigned cores; /* that it may run on */
    bool shared;    /* they are the service's */
    struct dependency_sample *samples;
    size_t sample_count;
    uint64_t connections;      /* that clients held at the end of the step */
    struct call_sample *calls; /* of one that counts its calls; logs of before have none */
    size_t call_count;
    struct session_sample *sessions; /* of a database; logs of before have none */
    size_t session_count;
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
