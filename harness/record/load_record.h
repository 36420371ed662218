/* load_record: what the generator measured in one step. Times are in nanoseconds; those inside the step count from the
 * start of its measured time. A request belongs to the interval in which it was scheduled. */
#ifndef TWOFOLD_RECORD_LOAD_RECORD_H
#define TWOFOLD_RECORD_LOAD_RECORD_H

#include "record/stall.h"
#include "record/tally.h"
#include "record/wrong_response.h"
#include "stats/histogram.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A part of the measured time, and the requests scheduled in it. */
struct interval {
    struct tally tally;
    struct histogram response; /* 2 digits */
    uint64_t in_flight;        /* requests that were due by the end of the interval and not resolved then */
};

/* One of the scenario's requests. A request that was never sent is counted in none of them. */
struct request_record {
    char *name;                 /* from the scenario */
    struct tally tally;         /* of the requests scheduled in the measured time */
    struct histogram response;  /* of the same requests, 2 digits */
    struct interval *intervals; /* the same by interval, as many as the load has; NULL: they are not kept, since it has
                                 * no limits of its own, or the file is older */

    /* Over the whole step, with warm-up and drain: each request that was sent is in one of the other four. */
    uint64_t sent;
    uint64_t good;  /* correct response within the deadline */
    uint64_t late;  /* correct response after the deadline */
    uint64_t wrong; /* any other response */
    uint64_t lost;  /* no response */
};

struct load_record {
    uint64_t started_ns; /* clock_now_ns() at the start of the measured time */
    uint64_t measured_ns;
    struct tally tally;

    /* From the scheduled moment to the last byte, 3 digits. Requests that were not sent or got no response are in it
     * with the age that they had reached; `censored` is their number. */
    struct histogram response;
    uint64_t censored;
    struct histogram service;  /* from the actual send to the last byte, 3 digits; requests with a response only */
    struct histogram send_lag; /* from the scheduled moment to the actual send, where a connection was free meanwhile */

    struct interval *intervals;
    size_t interval_count;
    uint64_t interval_ns;            /* the length of each */
    struct request_record *requests; /* in the order of the scenario */
    size_t request_count;
    struct wrong_response *first_wrong; /* of the whole step, with warm-up and drain; owned; NULL: none, or not known */

    struct session_tally sessions; /* of users; all zero where the scenario has none */

    struct slow_tally slow; /* of slow connections beside the load; all zero where the step has none */

    bool thinned;  /* its histograms are thinned (record/thinning/thinned_load.h); false in older files */
    bool detailed; /* the next two are known; older files lack them */
    struct status_counts statuses; /* of responses to requests scheduled in the measured time, the commonest first */
    struct stall_list stalls;

    uint64_t drain_ns;        /* from the last scheduled moment until no request was in flight */
    bool drained;             /* false if the drain limit came first; the connections still in use were then closed */
    double mean_in_flight;    /* requests sent and not responded to: mean over the measured time */
    double carried_in_flight; /* of it, requests that were due in the warm-up, whose times are in no histogram; 0 in
                                 older files */
    uint64_t held_at_end; /* such requests when the measured time ended, those of the warm-up too; 0 in older files */

    uint64_t connections;         /* open at the end of the measured time */
    uint64_t connections_opened;  /* during warm-up and measured time */
    uint64_t connections_missing; /* not yet attempted when measuring began, through no fault of the service */
    uint64_t connections_denied;  /* how often one could not be made because this machine had no file descriptor, port
                                     or memory left for it; during warm-up and measured time */

    uint64_t cpu_ns;       /* used by the generator's threads over the measured time, without spin_ns */
    uint64_t spin_ns;      /* used by them to wait for the next scheduled moment */
    double busiest_thread; /* the highest share of the measured time that a thread worked; spinning is not work */
    double starved_thread; /* the highest share of it that a thread was ready to run and had no core: a delay that looks
                              like the service's */
    double stood_still;    /* closed load: the highest share of it for which a thread was late to look at its clock
                              and neither worked nor waited for a core: it was stopped; a delay like that too */
    uint64_t wall_stepped_ns; /* streams of events: how far the wall clock was set meanwhile, at most. Their messages
                                 are due by it, so that this moves what is measured. 0: it was not, or there are none */
    unsigned threads;
};

/* Makes an empty record with `interval_count` intervals and without requests. */
void load_record_init(struct load_record *record, size_t interval_count);

/* Adds `count` requests, without names, to a record that has none. */
void load_record_init_requests(struct load_record *record, size_t count);

/* Keeps what becomes of the request with this index by interval, too. */
void load_record_follow(struct load_record *record, size_t request);
void load_record_release(struct load_record *record);

/* Lets go of all histograms, which are most of it; what was counted stays. */
void load_record_drop_histograms(struct load_record *record);

/* Adds what another thread measured in the same step, with the same intervals and requests. */
void load_record_add(struct load_record *into, const struct load_record *from);

#endif
