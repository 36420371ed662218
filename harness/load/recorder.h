/* recorder: one thread's record of one step: puts what happens to each request into the counts and histograms of the
 * moment at which it was scheduled, and follows how many are in flight. All times are clock_now_ns(). */
#ifndef TWOFOLD_LOAD_RECORDER_H
#define TWOFOLD_LOAD_RECORDER_H

#include "plan/step.h"
#include "record/load_record.h"

#include <stdbool.h>
#include <stdint.h>

/* A request on its way. */
struct flight {
    uint64_t due_ns, sent_ns;
    int32_t interval; /* of the measured part that it was due in; -1: in the warm-up */
    uint32_t request; /* which kind it is; without a meaning before it is sent */
};

struct recorder {
    struct load_record record;
    uint64_t measure_ns, end_ns; /* start and end of the measured part */
    uint64_t deadline_ns;
    uint64_t offered_before, resolved_before; /* in the warm-up */
    uint64_t *resolved;                       /* by interval, of the moment at which it was resolved */
    uint64_t in_flight, changed_ns;           /* sent and not resolved, since when */
    double flight_ns;                         /* its integral over the measured part */
};

/* Ready for a step that begins at `start_ns`, with `request_count` classes of request. */
void recorder_init(struct recorder *recorder, const struct planned_step *step, uint64_t start_ns, uint64_t deadline_ns,
                   size_t request_count);
void recorder_release(struct recorder *recorder);

/* The interval of a request due at `due_ns`. */
int32_t recorder_interval(const struct recorder *recorder, uint64_t due_ns);

/* A request was put on the wire. `punctual`: a connection was free since it was due, so that a delay is ours. */
void recorder_sent(struct recorder *recorder, const struct flight *flight, bool punctual);

/* Closed load: it was sent in the warm-up and is still on its way. It counts as one of the first interval, for it holds
 * its connection all through the measured part: without it a service that leaves a few for good would seem to have lost
 * none. */
void recorder_carry(struct recorder *recorder, struct flight *flight);

/* It was answered; `failure` is FAILURE_NONE where the answer is right (it may still be late). */
void recorder_answered(struct recorder *recorder, const struct flight *flight, uint64_t now_ns, enum failure failure);

/* It was answered after it had been given up as unanswered: too late to count but for what it was. */
void recorder_answered_after_all(struct recorder *recorder, const struct flight *flight, enum failure failure);

/* It ended without an answer. */
void recorder_failed(struct recorder *recorder, const struct flight *flight, uint64_t now_ns, enum failure failure);

/* It counted as sent, but the connection that was to be made for it could not be. */
void recorder_unconnected(struct recorder *recorder, const struct flight *flight, uint64_t now_ns);

/* It was due, and could not even be sent, because no connection could be made. */
void recorder_refused(struct recorder *recorder, const struct flight *flight, uint64_t now_ns);

/* The step closed and it was sent but not answered, or due but never sent: it is at least this old. */
void recorder_unanswered(struct recorder *recorder, const struct flight *flight, uint64_t now_ns);
void recorder_unsent(struct recorder *recorder, const struct flight *flight, uint64_t now_ns);

/* The step ends early, at `now_ns`: only so much was measured, and the intervals after it stay empty. What is open then
 * is given up next. */
void recorder_cut(struct recorder *recorder, uint64_t now_ns);

/* Complete the record: totals out of intervals, requests in flight at each interval's end. */
void recorder_finish(struct recorder *recorder);

#endif
