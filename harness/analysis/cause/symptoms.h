/* symptoms: all that the cause of a broken step is judged by, gathered from its record. */
#ifndef TWOFOLD_ANALYSIS_CAUSE_SYMPTOMS_H
#define TWOFOLD_ANALYSIS_CAUSE_SYMPTOMS_H

#include "analysis/cause/cpu_queueing.h"
#include "analysis/usage/dependency_usage.h"
#include "analysis/usage/host_usage.h"
#include "analysis/verdict/verdict.h"
#include "record/run_log.h"

struct symptoms {
    const struct step_record *step;
    const struct step_verdict *verdict;
    unsigned cores;
    struct dependency_host_usage dependency; /* without a name: none */
    struct dependency_usage at;              /* the same */
    struct host_usage host;                  /* over the measured part */
    struct host_usage breaking; /* from a little before the first limit was seen broken to a second after */
    /* While more was offered than in the step's mean, around that moment: what a spike did, which the mean over the step
     * hides. Not known where traffic was even. */
    struct host_usage raised;
    struct cpu_queueing queue; /* zero where nothing is known */
};

/* Both are borrowed. */
void symptoms_gather(struct symptoms *symptoms, const struct step_record *step, const struct step_verdict *verdict,
                     unsigned service_core_count);

#endif
