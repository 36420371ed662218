/* planned_ladder: the scenario that the tests of the plan start from: nine steps, the rate doubles from 500/s. */
#ifndef TWOFOLD_TESTS_SUPPORT_PLANNED_LADDER_H
#define TWOFOLD_TESTS_SUPPORT_PLANNED_LADDER_H

#include "plan/plan.h"

#define SECOND UINT64_C(1000000000)

static const struct plan_options four_by_three = {.backend_count = 4, .trial_count = 3};

static const struct scenario ladder = {.name = "ladder",
                                       .why = "a test",
                                       .doubling = DOUBLING_RATE,
                                       .from = 500,
                                       .steps = 9,
                                       .warmup_ns = SECOND,
                                       .measure_ns = 8 * SECOND,
                                       .deadline_ns = SECOND,
                                       .seed = 1};

#endif
