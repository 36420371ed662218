/* early_warning: how good the forecasts of a service were, and when its break could be seen coming. */
#ifndef TWOFOLD_ANALYSIS_FORECAST_EARLY_WARNING_H
#define TWOFOLD_ANALYSIS_FORECAST_EARLY_WARNING_H

#include "analysis/finding.h"

/* After capacity_find. */
void early_warning_find(const struct findings *findings, const struct backend_finding *backend,
                        struct early_warning *ret_early_warning);

#endif
