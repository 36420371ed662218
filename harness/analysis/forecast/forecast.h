/* forecast: what the next doubling of the load is expected to do to a service, from the steps before it alone. The
 * harness makes it before the step runs and records it; the reports make it again from the records.
 *
 * CPU, memory and the busiest thread follow the line through the last two steps, and never fall:
 * U(2X) = U(X) + 2 (U(X) - U(X/2)). CPU per request falls as the load rises, so that a constant demand per request
 * would be too much. p99 grows from where it was as the queue does, 1/R = mu - X through the medians of the last two
 * steps, but no faster than one queue can make it grow; or as the share of the cores, or of the busiest thread, that is
 * left shrinks, whichever is worse. A p99 that more than doubled over a doubling of the load counts as doubled: a
 * single pause does that too. Beyond saturation the backlog of the step itself shows how late the last requests are. */
#ifndef TWOFOLD_ANALYSIS_FORECAST_FORECAST_H
#define TWOFOLD_ANALYSIS_FORECAST_FORECAST_H

#include "analysis/usage/step_usage.h"
#include "plan/scenario/scenario.h"
#include "record/run_log.h"

#include <stddef.h>
#include <stdint.h>

/* What one step showed; NAN where it did not. */
struct forecast_point {
    uint64_t level;
    double rate;      /* offered per second; NAN for a closed load */
    double queued_ns; /* the mean response time in a queue of one server with the median that was seen */
    struct forecast seen;
};

/* `usage` must be the step's own. */
void forecast_observe(const struct step_record *step, const struct step_usage *usage, struct forecast_point *ret_point);

/* The same with CPU and thread as they were during spikes. In a step whose traffic doubles within it, means over the
 * whole step hide how little was left. */
void forecast_observe_spikes(const struct step_record *step, const struct step_usage *usage,
                             struct forecast_point *ret_point);

struct forecast_terms {
    const struct scenario *scenario;
    unsigned service_core_count;
    uint64_t step_ns;            /* length of the step to come, warm-up included */
    double quota_cores;          /* what the service's control groups allow it; 0: no quota */
    uint64_t memory_limit_bytes; /* and 0: no limit */
};

/* The cores that the service can use: all of its own, or what its quota leaves of them. NAN: not known. */
double forecast_cores(const struct forecast_terms *terms);

/* What a step at `level` is expected to show. `points` are in order of level and all below it. All is NAN where there
 * are fewer than two. */
void forecast_make(const struct forecast_point *points, size_t count, uint64_t level,
                   const struct forecast_terms *terms, struct forecast *ret_expected);

#endif
