/* forecast_signal: the figures of a forecast one by one, each with the limit at which the service breaks in it. */
#ifndef TWOFOLD_ANALYSIS_FORECAST_FORECAST_SIGNAL_H
#define TWOFOLD_ANALYSIS_FORECAST_FORECAST_SIGNAL_H

#include "analysis/forecast/forecast.h"
#include "record/run_log.h"

#include <stdbool.h>

/* Resources come first: times and queues only follow from them. */
enum forecast_signal {
    SIGNAL_CPU,               /* cores, by the service's own work: what others do on its cores comes and goes */
    SIGNAL_THREAD,            /* its busiest thread, as a share of a core */
    SIGNAL_MEMORY,            /* bytes */
    SIGNAL_DEPENDENCY_CPU,    /* of a dependency on cores of its own, as a share of them */
    SIGNAL_DEPENDENCY_PLACES, /* calls in the upstream, or active sessions of the database, at a time */
    SIGNAL_LATENCY,           /* p99 in nanoseconds */
    SIGNAL_IN_FLIGHT,         /* requests */
    SIGNAL_COUNT,
};

/* "cpu", "thread", "memory", "dependency_cpu", "dependency_places", "latency", "in_flight". */
const char *forecast_signal_name(enum forecast_signal signal);

/* In the unit named above; NAN where it is not known. */
double forecast_signal_value(const struct forecast *forecast, enum forecast_signal signal);

/* Makes it not known. */
void forecast_signal_forget(struct forecast *forecast, enum forecast_signal signal);

/* The value from which on the service breaks in this signal; NAN where there is none. With a single core, or a quota of
 * no more, a saturated thread is all of it, and only SIGNAL_CPU has a limit. Memory runs out at the scenario's limit or
 * at that of the service's control groups, whichever is less. SIGNAL_LATENCY is p99: where the scenario limits another
 * percentile, its limit is converted as for an exponential tail. */
double forecast_signal_limit(enum forecast_signal signal, const struct forecast_terms *terms);

/* The ratio of limit to value below which a forecast from `from_level` for the higher `level` is an alarm: it is beyond
 * the limit by more than forecasts err over as many doublings. */
double forecast_signal_sure_ratio(uint64_t from_level, uint64_t level);

/* The signal with the smallest ratio of limit to value, and that ratio: below 1 the service is expected to break in it.
 * Where a resource is expected to run out it is one of the resources. Returns false where nothing is known. */
bool forecast_signal_first(const struct forecast *expected, const struct forecast_terms *terms,
                           enum forecast_signal *ret_signal, double *ret_ratio);

#endif
