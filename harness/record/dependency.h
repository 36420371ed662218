/* dependency: what ran beside the services because the scenario needs it (the upstream service, PostgreSQL), and what
 * was read of it. Plain data. */
#ifndef TWOFOLD_RECORD_DEPENDENCY_H
#define TWOFOLD_RECORD_DEPENDENCY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One per run. */
struct dependency_record {
    char *name;     /* "upstream", "postgresql" */
    char *version;  /* as it reports it */
    char *settings; /* how it was started, for people */
    char *cores;    /* "3"; NULL if the harness did not start it (DATABASE_URL) and does not watch it */
    bool shared;    /* its cores are also the service's */
};

/* One reading of its processes, by the clock of all other readings. Counters are totals. */
struct dependency_sample {
    uint64_t at_ns;
    uint64_t processes, threads;
    uint64_t cpu_ns;                /* user and system, all threads */
    uint64_t busiest_thread_cpu_ns; /* since the sample before, by the thread that used most */
    uint64_t run_delay_ns;          /* its threads were ready to run and waited for a core */
    uint64_t rss_bytes;             /* summed over processes: PostgreSQL's shared memory counts once per process */
    uint64_t anonymous_bytes;
    uint64_t file_descriptors; /* open file descriptors */
};

/* What an upstream service reports about itself, about five times a second. All but in_flight are totals. */
struct call_sample {
    uint64_t at_ns;     /* when it was read */
    uint64_t answered;  /* calls */
    uint64_t time_ns;   /* the sum of their times inside the upstream service, from request to response */
    uint64_t in_flight; /* calls inside it at this moment */
    uint64_t visit_ns;  /* time with at least one call of a request inside it, summed over requests */
};

/* What a database reports about the sessions of clients at this moment, about five times a second. The harness's own
 * sessions are left out. */
struct session_sample {
    uint64_t at_ns; /* when the report arrived; it was asked for at most some tenths of a second before */
    uint64_t sessions;
    uint64_t active;    /* running a statement */
    uint64_t idle_open; /* in a transaction and waiting for the client */
    uint64_t on_locks;  /* active, and waiting for a row or table that another session has locked */
    uint64_t on_inner;  /* active, and waiting for an internal lock or buffer of the database */
    uint64_t on_disk;   /* active, and waiting for a file */
};

/* What went wrong with a dependency itself: whatever a service did then is not its own doing. */
enum dependency_fault {
    DEPENDENCY_WELL,
    DEPENDENCY_ENDED,   /* its process had ended */
    DEPENDENCY_STOPPED, /* one of its processes was stopped by a signal */
    DEPENDENCY_SILENT,  /* it did not respond to the harness */
    DEPENDENCY_CUT,     /* the harness's own connection to it was cut */
    DEPENDENCY_FULL,    /* the disk that it writes to was full */
    DEPENDENCY_FAULT_COUNT,
};

/* "well", "ended", "stopped", "silent", "cut", "full". */
const char *dependency_fault_name(enum dependency_fault fault);

/* Their names in the run log. */
#define DEPENDENCY_UPSTREAM   "upstream"
#define DEPENDENCY_POSTGRESQL "postgresql"

/* What one step did to it. */
struct dependency_load {
    char *name;
    enum dependency_fault fault; /* seen during the step, or right before it; well in older logs */
    /* What had gone wrong with it before the step and was mended: it may be another process since, and the service is a
     * fresh one. Well: nothing had (and in older logs). */
    enum dependency_fault mended;
    unsigned cores; /* that it can use */
    bool shared;    /* they are also the service's */
    struct dependency_sample *samples;
    size_t sample_count;
    uint64_t connections;      /* of clients, at the end of the step */
    struct call_sample *calls; /* of an upstream service; absent in older logs */
    size_t call_count;
    struct session_sample *sessions; /* of a database; absent in older logs */
    size_t session_count;
};

/* The responses to one of the scenario's requests over a whole trial: sums of struct request_record. */
struct audit_count {
    char *name;
    uint64_t sent, good, late, wrong, lost;
};

/* What the upstream service counted while the load of the trial ran. */
struct upstream_audit {
    bool counted;
    uint64_t calls, failures;
};

/* What the database holds after a trial and did not hold before its load. */
struct database_audit {
    bool counted;
    uint64_t orders;       /* stored */
    uint64_t lines;        /* of these orders */
    uint64_t quantity;     /* of these lines, summed */
    uint64_t stock_taken;  /* from the items */
    uint64_t wrong_orders; /* without lines, with lines out of order, or with a total that is not that of the lines */
    uint64_t wrong_items;  /* whose stock did not fall by what was ordered */
};

/* One per trial, after its service has stopped: what the service answered, and what the dependencies hold. */
struct audit_record {
    char *backend;
    unsigned trial;
    struct audit_count *counts; /* in the order of the scenario */
    size_t count;
    struct upstream_audit upstream;
    struct database_audit database;
    char *not_counted; /* why a part of it was not counted; NULL: all was (and in older files) */
};

void dependency_record_release(struct dependency_record *record);
void dependency_load_release(struct dependency_load *load);

/* Lets go of samples, calls and sessions. */
void dependency_load_drop_readings(struct dependency_load *load);
void audit_record_release(struct audit_record *record);

#endif
