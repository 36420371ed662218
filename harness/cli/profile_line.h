/* profile_line: the options that say how long a run may take, and the profile and number of trials that they give. */
#ifndef TWOFOLD_CLI_PROFILE_LINE_H
#define TWOFOLD_CLI_PROFILE_LINE_H

#include "base/error.h"
#include "plan/profile.h"

#include <stdbool.h>
#include <stdint.h>

struct profile_line {
    const char *name; /* --profile; NULL: not given */
    bool quick;       /* --quick: short for --profile quick */
    uint64_t trials;  /* --trials; 0: not given */
};

/* ERROR_INPUT when they contradict each other or are out of range. */
int profile_line_read(const struct profile_line *line, enum profile *ret_profile, unsigned *ret_trials,
                      struct error *err);

#endif
