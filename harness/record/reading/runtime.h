/* runtime: what the runtime of a service says of itself on its page of metrics, beside what any process has: how late
 * its event loop is, the time that it spends on collecting garbage, how much of its pool of connections is in use. It
 * supports a cause and never names one. */
#ifndef TWOFOLD_RECORD_READING_RUNTIME_H
#define TWOFOLD_RECORD_READING_RUNTIME_H

#include <stdint.h>

/* One reading. What its page does not tell is NAN. gc_ns and gc_runs are totals since the process started. */
struct runtime_sample {
    uint64_t at_ns; /* clock_now_ns() when the page was asked for */
    double event_loop_lag_ns;
    double gc_ns;   /* pauses for collecting garbage */
    double gc_runs; /* collections */
    double goroutines;
    double pool_connections; /* that the pool has open, */
    double pool_active;      /* of these, at work, */
    double pool_waiting;     /* and requests that wait for one */
};

#endif
