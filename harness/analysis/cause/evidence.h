/* evidence: the figures that are put beside a cause. */
#ifndef TWOFOLD_ANALYSIS_CAUSE_EVIDENCE_H
#define TWOFOLD_ANALYSIS_CAUSE_EVIDENCE_H

#include "analysis/cause/cause.h"
#include "analysis/cause/symptoms.h"

/* `key` is static. What is beyond EVIDENCE_MOST is left out. */
void evidence_add(struct cause_finding *finding, const char *key, double value);

/* Who used how much of the service's cores. */
void evidence_of_cpu(struct cause_finding *finding, const struct symptoms *symptoms);

/* What the service's requests did in a dependency; without a name: nothing. */
void evidence_of_dependency(struct cause_finding *finding, const struct dependency_usage *at);

#endif
