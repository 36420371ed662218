/* pause: a pause that returns: a service that stops answering for a while at regular distances, whatever the load, as
 * one does that collects garbage, waits for a disk to take its writes, or shares its machine with a job that runs by
 * the clock. It is found in the stalls of all steps of the trial (record/stall.h): one service process made them. */
#ifndef TWOFOLD_ANALYSIS_CAUSE_PAUSE_H
#define TWOFOLD_ANALYSIS_CAUSE_PAUSE_H

#include "analysis/cause/context.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct pause {
    bool found;
    size_t count;       /* of pauses that were seen */
    uint64_t period_ns; /* from the beginning of one to that of the next */
    uint64_t length_ns; /* the median */
};

/* Looks for it in the stalls that are at least half as long as the step's longest. There must be four of them, of which
 * nine tenths begin where the period has it, within a tenth of it; and three quarters of the times at which the period
 * has one within the measured part of a step that has any must have one. */
void pause_find(const struct step_record *step, const struct cause_context *context, struct pause *ret_pause);

/* Whether the step's stalls, and what had piled up behind them, are where most of its responses later than `allowed_ns`
 * were due. */
bool pause_explains(const struct step_record *step, uint64_t allowed_ns);

#endif
