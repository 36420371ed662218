/* recovery: how a service came back after the ladder, when the load had dropped to the first step's at once. */
#ifndef TWOFOLD_ANALYSIS_AFTER_RECOVERY_H
#define TWOFOLD_ANALYSIS_AFTER_RECOVERY_H

#include "plan/scenario/limits.h"
#include "record/run_log.h"

#include <stdbool.h>
#include <stdint.h>

struct recovery_finding {
    const struct step_record *record; /* NULL: not measured */
    bool died;                        /* in the ladder, which is why it was not measured, or during it */
    bool recovered;
    uint64_t
        after_ns; /* from the end of the ladder's last measured part, the wait for its late answers included, to the
                           first moment from which all limits on requests held and no backlog was left */
    uint64_t within_ns; /* how long it was watched from the same moment on */

    /* Resident memory, shared pages once where that is known. 0: not known. */
    uint64_t idle_bytes, first_bytes, highest_bytes, held_bytes; /* before any load; after the first step; after the
                                                                    step with most; when the recovery was over */
};

/* What a recovery is compared with: one trial of one service. */
struct recovery_ladder {
    const struct step_record *first, *last; /* steps of the ladder; NULL: none */
    uint64_t highest_bytes;                 /* see above */
    const struct memory_reading *idle;
};

/* A moment of the recovery is well when its own interval, the second from it on and all the rest hold the limits on response
 * time, errors and throughput, and no more is in flight than at most in the first step (20 where that was less). */
void recovery_find(const struct recovery_ladder *ladder, const struct step_record *record, const struct limits *limits,
                   struct recovery_finding *ret_finding);

/* Resident memory with shared pages once, where that is known. */
uint64_t recovery_memory(const struct memory_reading *memory);

#endif
