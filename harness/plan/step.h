/* step: one planned step, a load that is held for a warm-up and a measured time. The plan makes it; everyone from there
 * down to a generator's thread reads the same struct, and no one copies its figures. */
#ifndef TWOFOLD_PLAN_STEP_H
#define TWOFOLD_PLAN_STEP_H

#include <stddef.h>
#include <stdint.h>

enum arrivals {
    ARRIVALS_POISSON, /* exponential gaps: independent users */
    ARRIVALS_EVEN,    /* equal gaps */
};

/* Slow connections are opened one after another over the first of so many equal parts of the warm-up. */
#define SLOW_OPENING_PARTS 2

/* Which part of a request slow connections send slowly. */
enum slow_part {
    SLOW_HEAD, /* all of it, from the first byte */
    SLOW_BODY, /* its body; its head goes at once */
};

/* What slow connections send, and how slowly. */
struct slow_pace {
    enum slow_part part;
    uint64_t bytes_per_s; /* of each connection, one at a time; at least 1 */
    size_t request;       /* which of the traffic's requests; for SLOW_BODY one that has a body */
};

struct planned_step {
    unsigned index; /* 0, 1, … */
    uint64_t level; /* what doubles: requests/s, connections, users/s, or the value's number; what VALUE_LEVEL stands
                     * for */
    uint64_t rate;  /* open load: requests/s of all generators together; 0: closed load */
    uint64_t users; /* sessions: users/s of all generators together, who send `rate` in the mean; 0: no sessions */
    uint64_t subscribers; /* streams of events of all generators together, kept open; a message is due on each at every
                           * whole second of the wall clock, so that `rate` is the same; 0: none */
    uint64_t rate_ns;     /* the time in which so many requests are due, or users arrive; 0: a second */
    uint64_t connections; /* of all generators together. Closed load: how many send; open load: how many are kept open,
                           * 0: as many as are needed */
    uint64_t slow_connections; /* of all generators together, beside those that carry the load: kept open by clients
                                * who send a request slowly; 0: none */
    struct slow_pace slow;     /* meaningless where there are none */
    enum arrivals arrivals;    /* open load */
    uint64_t stream;           /* which of the seeds of a trial it takes: that of its place in the plan */
    uint64_t seed;             /* of schedule and values; the same for every service (plan_step_seed) */
    unsigned spikes;           /* how often the rate doubles and falls back in the measured time; 0: never */
    uint64_t warmup_ns;        /* before the measured time: load flows and nothing is judged */
    uint64_t measure_ns;
    uint64_t drain_limit_ns; /* how long to wait for responses after the step closed, before connections are dropped */
    size_t interval_count;   /* of the measured time; at least 1 */
};

/* The part of `amount` that falls to generator thread `thread` (0, 1, …) of `threads`. The parts differ by at most 1
 * and add up to `amount`. */
uint64_t step_share(uint64_t amount, unsigned thread, unsigned threads);

#endif
