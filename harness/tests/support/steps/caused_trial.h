/* caused_trial: several built steps of one trial, for tests of causes that are read from more than one of them. */
#ifndef TWOFOLD_TESTS_SUPPORT_CAUSED_TRIAL_H
#define TWOFOLD_TESTS_SUPPORT_CAUSED_TRIAL_H

#include "caused.h"

#include <stddef.h>
#include <stdint.h>

#define CAUSED_STEPS_MOST 8

/* From the start of one step's measured part to that of the next. */
#define CAUSED_STEP_NS UINT64_C(7300000000)

struct caused_trial {
    struct step_record records[CAUSED_STEPS_MOST];
    struct step_usage usages[CAUSED_STEPS_MOST];
    struct context_step steps[CAUSED_STEPS_MOST];
    struct cause_context context; /* a test may say more of it */
    unsigned cores;
};

/* The steps one after another on the clock, by a service of so many cores. */
void caused_trial_init(struct caused_trial *trial, const struct step_builder *builders, size_t count, unsigned cores);
void caused_trial_release(struct caused_trial *trial);

/* A stall in the step, both from the start of its measured part, in ms. */
void caused_trial_stall(struct caused_trial *trial, size_t step, double at_ms, double length_ms);

/* The cause of one of them beside the others, judged by the usual limits. Changes that a test makes to the records
 * before count. */
struct cause_finding caused_trial_find(struct caused_trial *trial, size_t step);

#endif
