/* recovery: how a service came back after the ladder, when the load dropped to that of the first step all at once. */
#ifndef TWOFOLD_ANALYSIS_AFTER_RECOVERY_H
#define TWOFOLD_ANALYSIS_AFTER_RECOVERY_H

#include "analysis/verdict/verdict.h"
#include "plan/scenario/limits.h"
#include "record/run_log.h"

#include <stdbool.h>
#include <stdint.h>

struct recovery_finding {
    const struct step_record *record; /* borrowed; NULL: not measured */
    bool died;                        /* in the ladder, which is why it was not measured, or during the recovery */
    bool recovered;

    bool invalid;                /* generator or machine were at fault: whether it recovered is not known, */
    struct step_verdict verdict; /* and this says why. Zero otherwise */
    bool again; /* the first observation was invalid and this is the second: after_ns is the most that it can be */

    /* Both from the end of the ladder's last measured part, and so including the wait for its late responses. */
    uint64_t after_ns;  /* until the first moment from which on the service was well */
    uint64_t within_ns; /* until the end of the observation */

    /* Resident memory, with shared pages counted once where that is known. 0: not known. */
    uint64_t idle_bytes;    /* before any load */
    uint64_t first_bytes;   /* after the first step */
    uint64_t highest_bytes; /* after the step with most */
    uint64_t held_bytes;    /* when the recovery was over */
};

/* What the recovery is compared with: the ladder of the same trial. All is borrowed. */
struct recovery_ladder {
    const struct step_record *first, *last; /* its steps; NULL: it has none */
    uint64_t highest_bytes;                 /* as above */
    const struct memory_reading *idle;
    const struct step_verdict *verdict; /* on the recovery; NULL: nothing speaks against it */
};

/* `record` is NULL where the recovery was not measured. A service is well from an interval on when that interval, the
 * second that begins with it, and all the rest keep the limits on requests, and when no more requests are in flight
 * than at most in the first step (or 20, where that is more). */
void recovery_find(const struct recovery_ladder *ladder, const struct step_record *record, const struct limits *limits,
                   struct recovery_finding *ret_finding);

#endif
