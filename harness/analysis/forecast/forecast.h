/* forecast: what the next doubling of the load is expected to do to a service, from the steps before alone. Made before the
 * step runs (the harness records it), and again by whoever scores it.
 *
 * CPU, memory and the busiest thread go on along the line through the last two steps, and never fall:
 * U(2X) = U(X) + 2 (U(X) - U(X/2)): CPU per request falls with the load, so a constant demand would be too much.
 * Response times follow the queue: 1/R = mu - X, through the last two steps, never steeper than one queue can be; or the
 * share of a full core or thread that is left, whichever is worse. Past saturation the backlog of the step itself says
 * how late the last requests are. */
#ifndef TWOFOLD_ANALYSIS_FORECAST_FORECAST_H
#define TWOFOLD_ANALYSIS_FORECAST_FORECAST_H

#include "plan/scenario/scenario.h"
#include "record/run_log.h"

#include <stddef.h>
#include <stdint.h>

/* What one step showed. NAN where it did not. */
struct forecast_point {
    uint64_t level;
    double rate; /* offered; NAN for closed load */
    double mean_ns;
    struct forecast seen;
};

void forecast_observe(const struct step_record *step, unsigned service_core_count, struct forecast_point *ret_point);

/* The same, with CPU and thread as they were while most was offered: in a step whose traffic doubles within it, the mean
 * hides how little was left. */
void forecast_observe_raised(const struct step_record *step, unsigned service_core_count,
                             struct forecast_point *ret_point);

struct forecast_terms {
    const struct scenario *scenario;
    unsigned service_core_count;
    uint64_t step_ns; /* of the step to come, warm-up included */
};

/* What a step at `level`, above that of all `points` (in order of level), is expected to show. All NAN with fewer than two
 * points. */
void forecast_make(const struct forecast_point *points, size_t count, uint64_t level,
                   const struct forecast_terms *terms, struct forecast *ret_expected);

/* The figures of a forecast one by one. */
enum forecast_signal {
    SIGNAL_CPU,    /* its cores, by its own work: what others do on them comes and goes */
    SIGNAL_THREAD, /* its busiest thread */
    SIGNAL_MEMORY,
    SIGNAL_DEPENDENCY_CPU,    /* of what it depends on, where that has cores of its own */
    SIGNAL_DEPENDENCY_PLACES, /* calls that the upstream, or sessions that the database works on at a time */
    SIGNAL_LATENCY,
    SIGNAL_IN_FLIGHT,
    SIGNAL_COUNT,
};

const char *forecast_signal_name(
    enum forecast_signal
        signal); /* "cpu", "thread", "memory", "dependency_cpu", "dependency_places", "latency", "in_flight" */

/* NAN where it is not known. CPU in cores, thread in shares of a core, bytes, a dependency's CPU in shares of its cores,
 * places, nanoseconds of p99, requests. */
double forecast_signal_value(const struct forecast *forecast, enum forecast_signal signal);

/* From which level on the service breaks in this signal; NAN: nothing says. Of a single core, a full thread is all of it. The latency limit is one on p99: where the
 * scenario judges another percentile, one that an exponential tail makes of it. */
double forecast_signal_limit(enum forecast_signal signal, const struct forecast_terms *terms);

/* The signal with the smallest limit-to-level ratio, which is put in *ret_ratio (below 1: it breaks). Where cores, a thread,
 * memory or a dependency are expected to run out, it is one of them: times and queues only follow. SIGNAL_COUNT where nothing is
 * known. */
enum forecast_signal forecast_first(const struct forecast *expected, const struct forecast_terms *terms,
                                    double *ret_ratio);

#endif
