#include "analysis/usage/runtime_usage.h"

#include <math.h>
#include <stddef.h>

/* A total at two moments; NAN where there are none, or where it fell, as when the process is another one. */
static double growth(double from, double to)
{
    return to >= from ? to - from : NAN;
}

static void follow(struct runtime_usage *usage, const struct runtime_sample *sample)
{
    usage->event_loop_lag_ns = fmax(usage->event_loop_lag_ns, sample->event_loop_lag_ns);
    usage->goroutines = fmax(usage->goroutines, sample->goroutines);
    usage->pool_active = fmax(usage->pool_active, sample->pool_active);
    usage->pool_waiting = fmax(usage->pool_waiting, sample->pool_waiting);
    usage->pool_connections = sample->pool_connections;
}

void runtime_usage_find(const struct step_record *step, struct runtime_usage *ret_usage)
{
    uint64_t start_ns = step->load.started_ns, end_ns = start_ns + step->load.measured_ns;
    const struct runtime_sample *first = NULL, *last = NULL;
    struct runtime_usage usage = {NAN, NAN, NAN, NAN, NAN, NAN, NAN};

    for (size_t i = 0; i < step->runtime_count; i++) {
        const struct runtime_sample *sample = &step->runtime[i];
        if (sample->at_ns >= start_ns && sample->at_ns <= end_ns) {
            first = first == NULL ? sample : first;
            last = sample;
            follow(&usage, sample);
        }
    }
    if (last != first) {
        usage.gc_share = growth(first->gc_ns, last->gc_ns) / (double)(last->at_ns - first->at_ns);
        usage.gc_runs = growth(first->gc_runs, last->gc_runs);
    }
    *ret_usage = usage;
}
