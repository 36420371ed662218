/* early_warning: how good the forecasts of a service were, and when its break could be seen coming. */
#ifndef TWOFOLD_ANALYSIS_FORECAST_EARLY_WARNING_H
#define TWOFOLD_ANALYSIS_FORECAST_EARLY_WARNING_H

#include "analysis/forecast/forecast.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct findings;
struct backend_finding;

/* The recorded forecasts against what happened, over all valid steps of the ladder of all trials. CPU and thread, and a dependency's CPU, are
 * demands: what is beyond all cores, or one, is compared as all of it. */
struct signal_score {
    size_t count;
    double median_error; /* |expected - happened| / happened */
};

struct early_warning {
    struct signal_score scores[SIGNAL_COUNT];

    /* Of the trial that stands for the backend: its first break, as the steps before it had it. */
    bool asked; /* there is a break, and two valid steps before it to forecast it from */
    unsigned
        steps_before; /* how many steps before the break it was first visible, and from then on: beyond the limit by
                              more than forecasts over so many doublings are off by; 0: it was not. What
                              fell again up to the break, as times do that a cold start made long, was no sign of it */
    enum forecast_signal signal; /* in which signal */
    double seen, limit;          /* of it at that step, and from where it breaks */
    bool in_spikes;              /* seen and expected are of the time in which the step's traffic was raised */
    double expected;             /* at the load that broke, as that step had it */
    uint64_t seen_at;            /* that step's level */
    bool grew;                   /* it was higher there than at the step before */

    /* What would break next where nothing broke: at twice the highest load that held. */
    bool next_known;
    uint64_t next_level;
    enum forecast_signal next_signal; /* the smallest limit-to-level ratio */
    double next_expected, next_limit;
};

/* After capacity_find. */
void early_warning_find(const struct findings *findings, const struct backend_finding *backend,
                        struct early_warning *ret_early_warning);

#endif
