/* worker: one thread of the generator. It runs one step at a time and keeps its connections from step to step.
 *
 * How a step ends: after its last scheduled moment the worker goes on to send what is due and to read responses, until
 * every request is resolved or older than the deadline. What is left then is recorded as "at least this old". After
 * that it drains: it waits for responses that count no more, up to a limit, and closes the connections that stay
 * silent. */
#ifndef TWOFOLD_LOAD_WORKER_H
#define TWOFOLD_LOAD_WORKER_H

#include "base/error.h"
#include "load/dispatch.h"
#include "load/heartbeat.h"
#include "load/pacer.h"
#include "load/slow/slow_crowd.h"
#include "record/load_record.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

/* What other threads may look at while a step runs; written after each interval. */
struct worker_live {
    _Atomic uint64_t offered, completed, good, in_flight, connections, p50_ns, p99_ns;
    /* The first wrong response, as soon as there is one; NULL: none yet. It is the step's record's and no longer there
     * when that is released, before which whoever takes the record clears it. */
    _Atomic(const struct wrong_response *) first_wrong;
};

enum worker_phase {
    WORKER_WARMUP,
    WORKER_MEASURE,
    WORKER_AFTER, /* the measured time is over */
};

/* Readings at one moment, of which the differences over the measured time are recorded. */
struct worker_readings {
    uint64_t at_ns, cpu_ns, waited_ns, spun_ns, stood_ns;
};

struct worker {
    uv_loop_t loop;
    uv_async_t wake; /* from other threads: look at `stop` */
    struct pacer pacer;
    struct dispatch dispatch;
    bool spin;     /* it has its core for itself, and may spin on it before a due moment */
    int schedstat; /* of its thread (clock.h), once it has run; -1: none */
    atomic_bool stop;
    struct worker_live live;

    /* of the step at hand */
    enum worker_phase phase;
    uint64_t close_ns;               /* when what is unresolved is given up */
    uint64_t spun_ns;                /* time spent waiting for a due moment without blocking */
    struct worker_readings measured; /* the last ones: at the start of the measured time, then at its end */
    int32_t live_interval;           /* the last that went into `live` */
    struct slow_crowd *slow;         /* beside the load; NULL: none */
    struct heartbeat heartbeat;      /* closed load; else it is never due */
};

/* On the thread that starts the others. */
int worker_init(struct worker *worker, const struct dispatch_options *options, bool spin, struct error *err);

/* Close its connections and its loop. */
void worker_release(struct worker *worker);

/* Run one step on the calling thread, beginning at `start_ns` of clock_now_ns(). The caller releases *ret_record. */
void worker_run(struct worker *worker, const struct planned_step *step, uint64_t start_ns,
                struct load_record *ret_record);

/* Before a step begins, by whoever begins it: what `live` says of the step before is gone. */
void worker_forget_live(struct worker *worker);

/* From any thread: end the step at hand at once. What is in flight then is recorded as unanswered. */
void worker_stop(struct worker *worker);

#endif
