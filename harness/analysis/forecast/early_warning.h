/* early_warning: how accurate the forecasts of a service were, how many steps before its break it could be seen coming,
 * and what would break next where nothing broke. Only signals whose alarms were right often enough are shown
 * (analysis/forecast/signal_score.h). */
#ifndef TWOFOLD_ANALYSIS_FORECAST_EARLY_WARNING_H
#define TWOFOLD_ANALYSIS_FORECAST_EARLY_WARNING_H

#include "analysis/finding.h"

/* `backend` is one of the findings' own, with its steps and its capacity found. */
void early_warning_find(const struct findings *findings, const struct backend_finding *backend,
                        struct early_warning *ret_early_warning);

#endif
