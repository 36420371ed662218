/* recorder: the record that one generator thread makes of one step. It enters what happens to each request into the
 * counts and histograms of the moment at which the request was scheduled, and follows how many requests are in flight.
 * All times are clock_now_ns(). Nothing is allocated per request. */
#ifndef TWOFOLD_LOAD_RECORDER_RECORDER_H
#define TWOFOLD_LOAD_RECORDER_RECORDER_H

#include "load/recorder/flights.h"
#include "load/recorder/silence.h"
#include "load/transport/flight.h"
#include "plan/step.h"
#include "record/load_record.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What is counted of a request that is followed by interval, beside its record. */
struct followed {
    uint64_t offered_before, resolved_before; /* in the warm-up */
    uint64_t *resolved;                       /* in each interval, whenever they were due; NULL: it is not followed */
};

struct recorder {
    struct load_record record;
    uint64_t measure_ns, end_ns; /* start and end of the measured time */
    uint64_t deadline_ns;
    uint64_t offered_before, resolved_before; /* in the warm-up */
    uint64_t *resolved;                       /* requests resolved in each interval, whenever they were due */
    struct followed *followed;                /* of each request class; */
    bool follows;                             /* any of them is followed by interval */
    struct flights flights;
    struct silence silence;
};

/* Ready for a step that begins at `start_ns`, with `request_count` request classes. */
void recorder_init(struct recorder *recorder, const struct planned_step *step, uint64_t start_ns, uint64_t deadline_ns,
                   size_t request_count);

/* Keep what becomes of the request class with this index by interval: before anything is recorded. */
void recorder_follow(struct recorder *recorder, size_t request);

/* Complete the record (totals out of intervals, requests in flight at each interval's end) and move it to *ret_record,
 * which the caller releases. The recorder is empty then. */
void recorder_take(struct recorder *recorder, struct load_record *ret_record);

/* The interval of a request due at `due_ns`; -1 in the warm-up. */
int32_t recorder_interval(const struct recorder *recorder, uint64_t due_ns);

/* A request was put on the wire. `punctual`: a connection was free since it was due, so that any delay is the
 * generator's and counts as send lag. */
void recorder_sent(struct recorder *recorder, const struct flight *flight, bool punctual);

/* Closed load: a request that was sent in the warm-up and still has no response counts as one of the first interval,
 * because it holds its connection all through the measured time. Without this, a service that never responds to a few
 * requests would seem to have lost none. */
void recorder_carry(struct recorder *recorder, struct flight *flight);

/* The response came. `failure` is FAILURE_NONE for a right one, which may still be past the deadline. */
void recorder_responded(struct recorder *recorder, const struct flight *flight, uint64_t now_ns, enum failure failure);

/* A response has a status other than the one that its request expects. */
void recorder_wrong_status(struct recorder *recorder, const struct flight *flight, uint64_t now_ns, unsigned status);

/* The response came to a request that is already recorded as unanswered: only its correctness is counted. */
void recorder_responded_late(struct recorder *recorder, const struct flight *flight, enum failure failure);

/* A request that was sent ended without a response. */
void recorder_failed(struct recorder *recorder, const struct flight *flight, uint64_t now_ns, enum failure failure);

/* A request that is recorded as sent never left, because the connection for it could not be made (HTTP/2 makes it with
 * the first request). `failure` is FAILURE_CONNECT, or FAILURE_UNSENT where that was the want of this machine. */
void recorder_unconnected(struct recorder *recorder, const struct flight *flight, uint64_t now_ns,
                          enum failure failure);

/* A request was due and could not be sent, because no connection could be made. */
void recorder_connect_failed(struct recorder *recorder, const struct flight *flight, uint64_t now_ns);

/* A request was due and is not sent, because the generator has no room for its user: unsent, and its response time is
 * at least the deadline, whenever the step ends. */
void recorder_no_room(struct recorder *recorder, const struct flight *flight, uint64_t now_ns);

/* The step closed over a request that was sent and has no response, or that was due and never sent: its response time
 * is at least its age. */
void recorder_unanswered(struct recorder *recorder, const struct flight *flight, uint64_t now_ns);
void recorder_unsent(struct recorder *recorder, const struct flight *flight, uint64_t now_ns);

/* The step ends early, at `now_ns`: no more than the time until then was measured, and the intervals after it stay
 * empty. What is open is recorded as unanswered or unsent next. */
void recorder_cut(struct recorder *recorder, uint64_t now_ns);

#endif
