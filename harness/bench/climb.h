/* climb: what a trial does with its running service. First the ladder, each step with its forecast, until two steps in a
 * row break, the generator is the limit twice in a row, the service dies, or the ladder ends. Then the first step's load
 * again, at once: how long until it is well, and what memory does it keep. Then the search between the highest load that
 * held and the lowest that broke, if the profile has one: after the recovery, so that no step of it pays for the overload
 * before. Last, where the scenario has one, the soak: a steady load at a share of the highest level that held below the
 * lowest break, for a longer time. What is invalid, but for the recovery, is run once more. A service that died is past
 * all of that, and one that held nothing past its soak. */
#ifndef TWOFOLD_BENCH_CLIMB_H
#define TWOFOLD_BENCH_CLIMB_H

#include "analysis/capacity/capacity.h"
#include "analysis/forecast/forecast.h"
#include "bench/service/instance.h"
#include "bench/trial.h"
#include "load/loader.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct climb {
    struct trial *trial;
    struct instance *instance;
    struct loader *loader;

    /* how it stands; zero at first */
    struct judged_level *outcomes; /* of the ladder and the search, those that said something */
    size_t outcome_count;
    struct forecast_point *points; /* of those of the ladder */
    size_t point_count;
    unsigned broken; /* in a row, also where the step was invalid: higher up it would only be worse */
    bool died;
};

/* All of it. Fails when stopped, or when the run log cannot be written. */
int climb_run(struct climb *climb, struct error *err);

#endif
