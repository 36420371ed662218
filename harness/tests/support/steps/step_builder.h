/* step_builder: step records for tests of the analysis, made up out of a few figures instead of measured. A step is
 * 5 s in 20 intervals after 1 s of warm-up, sampled ten times a second from then until half a second after its end. */
#ifndef TWOFOLD_TESTS_SUPPORT_STEP_BUILDER_H
#define TWOFOLD_TESTS_SUPPORT_STEP_BUILDER_H

#include "record/run_log.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BUILT_INTERVALS   20
#define BUILT_INTERVAL_MS 250
#define BUILT_MEASURED_MS 5000
#define BUILT_STARTED_NS  UINT64_C(100000000000) /* the start of the measured part on the clock */

/* Of all samples, the first at the start of the measured part and the last at its end. */
#define BUILT_SAMPLES      66
#define BUILT_FIRST_SAMPLE 10
#define BUILT_LAST_SAMPLE  60

/* The requests due in one interval. The usual ones take between half of usual_ms and all of it, evenly spread. */
struct built_interval {
    uint64_t offered;
    double usual_ms;
    uint64_t slow; /* of the offered: take slow_ms */
    double slow_ms;
    uint64_t failed; /* of the offered, others than the slow ones */
    enum failure failure;
    uint64_t in_flight;
};

/* Shares and cores hold over the measured part. In the warm-up the service works half as much; after the measured
 * part nobody works at all. */
struct built_host {
    bool sampled;
    double cores;          /* of CPU that the service uses */
    double cores_busy;     /* of CPU that anyone uses on its cores */
    double busiest_thread; /* share of a core */
    double run_delay;      /* share of the time that its threads wait for a core */
    double steal;          /* cores' worth */
    double rss_mib;        /* all the time */
    double pss_share;      /* of it, when the step is over; 0: not known */
    uint64_t file_descriptors;
    uint64_t listen_overflows, retransmits; /* over the measured part */
    double link_sent, link_rate;            /* bytes a second; 0: not known */
    bool queue_missed;                      /* no sample shows a connection in the accept queue that overflowed */
};

struct step_builder {
    const char *backend;
    unsigned trial, index;
    uint64_t level;
    struct built_interval intervals[BUILT_INTERVALS];
    double lag_us;         /* send lag of every request that was sent */
    double busiest_thread; /* of the generator */
    double starved_thread; /* of the generator */
    double stood_still;    /* of the generator */
    uint64_t denied;       /* connections for which this machine had nothing left */
    uint64_t turned_away;  /* users for whom the generator had no room */
    uint64_t connections;
    uint64_t kept, missing; /* connections that the step keeps open, and those of them not open when it was measured */
    double mean_in_flight;  /* below 0: what Little's law says */
    double carried_in_flight;
    uint64_t held_at_end;
    struct built_host host;
    struct death death; /* its output is borrowed */
};

/* A step of `level` requests a second that a service of two cores serves well: 2 to 4 ms, none failed, 40 % of its
 * CPU, 60 MiB, by a generator that is at 30 %. */
void step_builder_init(struct step_builder *builder, uint64_t level);

/* In each of the intervals `from` … `to` - 1: `count` requests take `ms`; `count` requests fail. */
void step_builder_slow(struct step_builder *builder, size_t from, size_t to, uint64_t count, double ms);
void step_builder_fail(struct step_builder *builder, size_t from, size_t to, uint64_t count, enum failure failure);

/* Requests in flight at the intervals' ends rise evenly from `first` to `last`. */
void step_builder_queue(struct step_builder *builder, double first, double last);

/* The process ends `at_ms` after the start of the measured part (before it: below 0). */
void step_builder_die(struct step_builder *builder, double at_ms, int exit_code, int signal);

/* The record, which the caller releases. */
void step_builder_make(const struct step_builder *builder, struct step_record *ret_record);

#endif
