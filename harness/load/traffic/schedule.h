/* schedule: the moments at which the requests of one thread are due, in nanoseconds from the start of a step. They
 * follow from rate, arrivals and seed alone, are computed one by one, and are never adjusted to what happens.
 *
 * There is one stream of arrivals, dealt out in turn: thread k of n takes the k-th, the n+k-th, and so on. All threads
 * together, of one machine or of several, have the same requests at the same moments, to the nanosecond, whatever their
 * number. Each draws the others' arrivals as well, and passes over them: about 11 ns for each.
 *
 * With spikes, the measured time is cut into 2 x spikes + 1 equal parts, and every second part has twice the rate. */
#ifndef TWOFOLD_LOAD_TRAFFIC_SCHEDULE_H
#define TWOFOLD_LOAD_TRAFFIC_SCHEDULE_H

#include "base/random.h"
#include "plan/step.h"

#include <stdint.h>

#define SCHEDULE_END UINT64_MAX

struct schedule {
    uint64_t due_ns; /* of the next request; SCHEDULE_END after the last */
    uint64_t length_ns;
    uint64_t flat_ns, part_ns; /* where the spikes' parts begin, and how long each is; part_ns 0: no spikes */
    unsigned spikes;
    enum arrivals arrivals;
    uint64_t rate, rate_ns;  /* so many requests in so long, of all threads */
    uint64_t number, stride; /* of the next request, among those of all threads; and how far it is to the one after */
    double mean_gap_ns;      /* Poisson */
    double at_ns;            /* Poisson: the next moment as if there were no spikes */
    struct random random;
};

/* The schedule of thread `thread` of `threads`, from the start of the step's warm-up to the end of its measured time.
 */
void schedule_init(struct schedule *schedule, const struct planned_step *step, unsigned thread, unsigned threads);

/* Go on to the next request. After the last one nothing changes any more. */
void schedule_next(struct schedule *schedule);

#endif
