/* asked_runs: how many made-up runs of each kind a simulation makes: the suite a few, `make truth-simulation` as many
 * as TWOFOLD_RUNS says. */
#ifndef TWOFOLD_TESTS_SUPPORT_ASKED_RUNS_H
#define TWOFOLD_TESTS_SUPPORT_ASKED_RUNS_H

#include "test.h"

#include <stdlib.h>

/* What TWOFOLD_RUNS says; `usual` where it is not set. The test fails where it says no whole number above 0, with which
 * nothing would be simulated. */
static inline unsigned asked_runs(unsigned usual)
{
    const char *asked = getenv("TWOFOLD_RUNS");
    char *end = NULL;

    if (asked == NULL) {
        return usual;
    }
    long count = strtol(asked, &end, 10);
    if (end == asked || *end != '\0' || count <= 0 || count > 1000000) {
        fail_msg("TWOFOLD_RUNS=\"%s\": expected a whole number from 1 to 1000000", asked);
    }
    return (unsigned)count;
}

#endif
