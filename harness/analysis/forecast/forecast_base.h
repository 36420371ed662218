/* forecast_base: what forecasts are made from and held against: the valid steps of the ladder of one trial. */
#ifndef TWOFOLD_ANALYSIS_FORECAST_FORECAST_BASE_H
#define TWOFOLD_ANALYSIS_FORECAST_FORECAST_BASE_H

#include "analysis/finding.h"
#include "analysis/forecast/forecast.h"

#include <stddef.h>
#include <stdint.h>

/* A ladder has at most two dozen steps. Of a run log from elsewhere that has more, the first ones are enough. */
enum { FORECAST_BASE_MOST = 64 };

struct forecast_base {
    struct forecast_point points[FORECAST_BASE_MOST];      /* the lowest level first */
    const struct step_record *records[FORECAST_BASE_MOST]; /* the steps that showed them; borrowed */
    size_t count;
};

/* The valid steps of the ladder of this trial below `level`, of each level the first. */
void forecast_base_read(const struct findings *findings, const struct backend_finding *backend, unsigned trial,
                        uint64_t level, struct forecast_base *ret_base);

/* What a step showed: during its spikes where the scenario has them. The cause of a break is read from what the service
 * did then, and so is its early warning. */
void forecast_base_observe(const struct findings *findings, const struct step_finding *step,
                           struct forecast_point *ret_point);

/* The terms of a forecast for this step of the service. */
struct forecast_terms forecast_base_terms(const struct findings *findings, const struct backend_finding *backend,
                                          const struct step_record *step);

/* The same of the service alone, for what does not depend on how long a step takes. Its quota and its memory limit are
 * the tightest that any of its steps was under. */
struct forecast_terms forecast_base_limits(const struct findings *findings, const struct backend_finding *backend);

#endif
