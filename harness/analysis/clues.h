/* clues: all that the cause of a broken step is judged by, gathered from its record. */
#ifndef TWOFOLD_ANALYSIS_CLUES_H
#define TWOFOLD_ANALYSIS_CLUES_H

#include "analysis/at_dependency.h"
#include "analysis/cpu_queue.h"
#include "analysis/on_host.h"
#include "analysis/verdict.h"
#include "record/run_log.h"

struct clues {
    const struct step_record *step;
    const struct step_verdict *verdict;
    unsigned cores;
    struct dependency_on_host dependency; /* without a name: none */
    struct load_at_dependency at;         /* the same */
    struct load_on_host host;             /* over the measured part */
    struct load_on_host breaking;         /* from a little before the first limit was seen broken to a second after */
    /* While more was offered than in the step's mean, around that moment: what a spike did, which the mean over the step
     * hides. Not known where traffic was even. */
    struct load_on_host raised;
    struct cpu_queue queue; /* zero where nothing is known */
};

/* Both are borrowed. */
void clues_gather(struct clues *clues, const struct step_record *step, const struct step_verdict *verdict,
                  unsigned service_core_count);

#endif
