/* process_death: when the process of a service ended by itself, wherever in a trial that was. */
#ifndef TWOFOLD_ANALYSIS_RELIABILITY_PROCESS_DEATH_H
#define TWOFOLD_ANALYSIS_RELIABILITY_PROCESS_DEATH_H

#include "record/run_log.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum trial_part {
    PART_LADDER,
    PART_SEARCH,
    PART_WARM, /* the ladder once more, warm */
    PART_RECOVERY,
    PART_SOAK,
};

const char *trial_part_name(enum trial_part part); /* "ladder", "search", "warm", "recovery", "soak" */

struct process_death {
    const struct step_record *step; /* in which it ended; borrowed from the run log. Its `death` says how */
    enum trial_part part;
    bool in_warmup;  /* before the step's measured part */
    bool for_memory; /* process_death_for_memory */
    uint64_t at_ns;  /* since the measured part began; 0 in the warm-up */
};

/* Whether the kernel killed the service's process in that step, because memory ran out: that of its control groups or
 * that of the machine. */
bool process_death_for_memory(const struct step_record *step);

/* All of the service, by trial, and in a trial as they came. Returns their number; the caller frees the array. */
size_t process_deaths_find(const struct run_log *log, const char *backend, struct process_death **ret_deaths);

#endif
