/* worker: one thread of the generator: its loop, its connections, its schedule, its record. Runs one step at a time and
 * keeps its connections from step to step.
 *
 * Open load: requests leave a single queue in the order in which they are due, through any free connection; when all
 * are busy more are opened, up to a maximum; past it requests wait, and their waiting counts. Closed load: a fixed
 * number of connections, each sending its next request when its last is answered.
 *
 * The end of a step: after its last scheduled moment the worker goes on, sending what is due and reading what comes,
 * until every request is resolved or older than the deadline; what is left then is recorded as "at least this old".
 * Then it drains: it waits for responses nobody counts any more, up to a limit, and closes the connections that stay
 * silent. */
#ifndef TWOFOLD_LOAD_WORKER_H
#define TWOFOLD_LOAD_WORKER_H

#include "base/error.h"
#include "load/pacer.h"
#include "load/recorder.h"
#include "load/traffic/composer.h"
#include "load/traffic/schedule.h"
#include "load/transport/transport.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/* What others may look at while a step runs; written once a turn of the loop. */
struct worker_live {
    _Atomic uint64_t offered, completed, good, in_flight, connections, p99_ns;
};

struct worker_options {
    const struct traffic *traffic;
    struct protocol protocol;
    struct sockaddr_storage address;
    const char *authority;
    unsigned thread, threads;
    uint64_t deadline_ns;
    uint64_t connections_most; /* of this worker */
    bool spin;                 /* it has its core for itself */
};

struct worker {
    struct worker_options options;
    uv_loop_t loop;
    uv_async_t wake; /* from other threads: look at `stop` */
    struct pacer pacer;
    struct transport *transport;
    struct connection *all;
    struct connection *free_first, *free_last;
    uint64_t open, opening; /* connections; opening is a part of open */
    uint64_t free_since_ns; /* when the free list, empty until then, last got one */
    uint64_t abandoned;     /* busy with a request that was given up */
    uint64_t opened;        /* connections ever */
    uint64_t retry_ns;      /* open no connection before this moment */
    atomic_bool stop;
    struct worker_live live;

    /* of the step at hand */
    const struct planned_step *step;
    uint64_t start_ns, connections; /* clock_now_ns() at which its warm-up begins; its connections of this worker */
    struct schedule schedule;
    struct composer *composer;
    struct recorder recorder;
    uint64_t close_ns; /* moment at which what is unresolved is given up */
    bool draining;
    uint64_t spun_ns;
    uint64_t cpu_at_measure_ns, waited_at_measure_ns, spun_at_measure_ns, at_measure_ns;
    uint64_t opened_before, open_at_start; /* `opened` and `open` when it began */
    int phase;                             /* 0 settle, 1 measure, 2 after it */
    int32_t live_interval;
};

int worker_init(struct worker *worker, const struct worker_options *options, struct error *err);
void worker_release(struct worker *worker); /* closes its connections */

/* Run one step on the calling thread, beginning at `start_ns` of clock_now_ns(). The caller releases *ret_record. */
void worker_run(struct worker *worker, const struct planned_step *step, uint64_t start_ns,
                struct load_record *ret_record);

/* From any thread: end the step at hand at once; what is in flight then is recorded as unanswered. */
void worker_stop(struct worker *worker);

#endif
