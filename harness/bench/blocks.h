/* blocks: how many blocks of trials a run takes. A block is one trial of each service; it is whole when each of them
 * says something at every load that matters. One invalid step takes a whole block from every comparison of two
 * services, and with six blocks there is none to spare. So where a run has blocks enough for a comparison, further ones
 * are run while fewer than were asked for are whole, at most a third more (plan->spare_count). Pure. */
#ifndef TWOFOLD_BENCH_BLOCKS_H
#define TWOFOLD_BENCH_BLOCKS_H

#include "bench/policy.h"
#include "record/run_log.h"

#include <stdbool.h>
#include <stddef.h>

/* Whether there is a load of which no run says anything, although it says what the service holds: every run of it was
 * invalid, and no lower load broke. The runs are those of one trial. */
bool blocks_trial_has_gap(const struct policy_run *runs, size_t count);

/* How the steps of a run are judged. */
struct blocks_terms {
    struct verdict_terms verdict;
    unsigned service_cores;
};

/* The same of a trial that was finished before its run was cut short and resumed: whether the run log has its end, it
 * did start, it did not end early, and none of its loads is such a gap. */
bool blocks_trial_was_whole(const struct run_log *log, const char *backend, unsigned trial,
                            const struct blocks_terms *terms);

struct blocks {
    size_t wanted; /* whole ones */
    size_t most;   /* of any kind */
    size_t run;    /* so far, */
    size_t whole;  /* of which so many are whole */
};

void blocks_init(struct blocks *blocks, const struct plan *plan);

/* Whether there is another one to run, number blocks->run. */
bool blocks_next(const struct blocks *blocks);

/* What came of it. */
void blocks_ran(struct blocks *blocks, bool whole);

#endif
