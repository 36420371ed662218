/* silence: the times in which a generator thread got no response, followed from response to response. The longest are
 * kept; what of them is a stall is decided when the step is over and all threads are known (record/stall.h). All times
 * are clock_now_ns(). Nothing is allocated per response. */
#ifndef TWOFOLD_LOAD_RECORDER_SILENCE_H
#define TWOFOLD_LOAD_RECORDER_SILENCE_H

#include "record/stall.h"

#include <stddef.h>
#include <stdint.h>

/* In a step of 1,000 times their number, silences that are ten times as long as the mean gap are not so many. */
#define SILENCES_KEPT 256

struct silence {
    struct stall *kept; /* owned; at_ns counts from the start of the measured time */
    size_t count, last; /* the one that ended last, if it was kept */
    uint64_t measure_ns, end_ns;
    uint64_t since_ns;   /* the last response, or when measuring began */
    uint64_t waiting_ns; /* something is in flight since then; UINT64_MAX: nothing is */
};

void silence_init(struct silence *silence, uint64_t measure_ns, uint64_t end_ns);

/* A request was sent while nothing was in flight. */
void silence_wait(struct silence *silence, uint64_t now_ns);

/* A response came, or a request ended without one; `in_flight` requests are left. */
void silence_end(struct silence *silence, uint64_t now_ns, uint64_t in_flight);

/* The thread itself did nothing between two moments: a silence that lay there in the main was its own, and is not kept.
 */
void silence_excuse(struct silence *silence, uint64_t from_ns, uint64_t to_ns);

/* The silence at hand ends with the measured time, at `end_ns`. What was kept moves to *ret_list in the order of time.
 */
void silence_take(struct silence *silence, uint64_t end_ns, struct stall_list *ret_list);

#endif
