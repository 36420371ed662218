/* schedule: the moments at which one thread's requests are due, in nanoseconds from the start of a step. Fixed by rate,
 * arrivals and seed alone, made as it goes, and never adjusted to what happens.
 *
 * The rate of a step is split over threads without losing a request: even arrivals are dealt out in turn (thread k of n
 * takes the k-th, the n+k-th, …); Poisson arrivals are n independent processes whose rates add up exactly.
 *
 * With spikes the rate doubles at once and falls back, so many times: what comes behind `flat_ns` is cut into 2 x
 * spikes + 1 equal parts, and every second one has the double rate. */
#ifndef TWOFOLD_LOAD_TRAFFIC_SCHEDULE_H
#define TWOFOLD_LOAD_TRAFFIC_SCHEDULE_H

#include "base/random.h"
#include "plan/step.h"

#include <stdint.h>

#define SCHEDULE_END UINT64_MAX

struct schedule {
    uint64_t due_ns; /* of the next request; SCHEDULE_END after the last */
    uint64_t length_ns;
    uint64_t flat_ns, part_ns; /* part_ns 0: no spikes */
    unsigned spikes;
    enum arrivals arrivals;
    uint64_t rate;           /* even: of all threads; Poisson: of this one */
    uint64_t number, stride; /* even: index of the next among all threads' */
    double mean_gap_ns;      /* Poisson */
    double at_ns;
    struct random random;
};

/* The schedule of thread `thread` of `threads` in a step, from its warm-up's beginning to the end of its measured time.
 */
void schedule_init(struct schedule *schedule, const struct planned_step *step, unsigned thread, unsigned threads);

/* Go on to the next request; after the last, nothing changes any more. */
void schedule_next(struct schedule *schedule);

#endif
