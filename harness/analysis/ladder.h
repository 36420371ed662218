/* ladder: where a backend holds and where it breaks, out of the verdicts on its steps. */
#ifndef TWOFOLD_ANALYSIS_LADDER_H
#define TWOFOLD_ANALYSIS_LADDER_H

#include "analysis/findings.h"

/* Fill everything in `finding` that follows from its steps (which are there, by trial, then index). */
void ladder_find(struct backend_finding *finding);

/* Whether the step was run once more, as an invalid one is: then only the repetition, which follows it, counts. */
bool ladder_repeated(const struct backend_finding *finding, size_t step);

#endif
