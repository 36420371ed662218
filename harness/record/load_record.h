/* load_record: what the generator saw in the measured time of one step. All times in nanoseconds; times inside the step
 * count from the start of its measured part. A request belongs to the moment at which it was scheduled. */
#ifndef TWOFOLD_RECORD_LOAD_RECORD_H
#define TWOFOLD_RECORD_LOAD_RECORD_H

#include "record/tally.h"
#include "stats/histogram.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A interval of the measured time: the requests scheduled in it. */
struct interval {
    struct tally tally;
    struct histogram response; /* 2 digits */
    uint64_t in_flight; /* offered and neither answered nor given up when the interval ended, whenever they were due */
};

/* What became of one kind of request. One that was due and never sent is of no kind yet, and in none of these. */
struct request_record {
    char *name;                /* as the scenario calls it */
    struct tally tally;        /* of those scheduled in the measured part */
    struct histogram response; /* of the same, 2 digits */

    /* Of the whole step, warm-up and drain included: each that was sent is one of the four behind it. */
    uint64_t sent;
    uint64_t good;  /* answered rightly within the deadline */
    uint64_t late;  /* answered rightly after it */
    uint64_t wrong; /* answered otherwise */
    uint64_t lost;  /* not answered at all */
};

struct load_record {
    uint64_t started_ns;  /* clock_now_ns() at the start of the measured part */
    uint64_t measured_ns; /* its length */
    struct tally tally;
    struct histogram response; /* from the scheduled moment to the last byte, 3 digits; unanswered and unsent requests
                                  count as at least as old as they were at the end */
    struct histogram service;  /* from the actual send to the last byte, 3 digits; requests with a response only */
    struct histogram send_lag; /* actual send minus scheduled moment, where a connection was free all that time */
    uint64_t censored;         /* how many in `response` are "at least this old" */
    struct interval *intervals;
    size_t interval_count;
    uint64_t interval_ns;
    struct request_record *requests; /* in the scenario's order */
    size_t request_count;
    uint64_t drain_ns; /* from the last scheduled moment until nothing was in flight */
    bool drained; /* false: the drain limit was reached with requests unanswered, and their connections were closed */
    double mean_in_flight;        /* time average over the measured part of requests sent and not answered */
    uint64_t connections;         /* open at the end of the measured part */
    uint64_t connections_opened;  /* during settle and measure */
    uint64_t connections_missing; /* not yet attempted when measuring began, through no fault of the service */
    uint64_t cpu_ns;              /* of the generator's threads over the measured part, without spinning */
    uint64_t spin_ns;             /* of them spent waiting for the next due moment */
    double busiest_thread;        /* the largest share of the measured time that one thread worked (without spinning) */
    double starved_thread; /* the largest share of the measured time that one thread was ready and had no core: what it
                              did late then looks like the service's doing */
    unsigned threads;
};

void load_record_init(struct load_record *record, size_t interval_count);

/* Make room for this many kinds of request, without names; there must be none yet. */
void load_record_init_requests(struct load_record *record, size_t count);
void load_record_release(struct load_record *record);

/* Add what another thread saw in the same step. Both have the same intervals and requests. */
void load_record_add(struct load_record *into, const struct load_record *from);

#endif
