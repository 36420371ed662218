/* ladder: where a backend holds and where it breaks, out of the verdicts on its steps. */
#ifndef TWOFOLD_ANALYSIS_LADDER_H
#define TWOFOLD_ANALYSIS_LADDER_H

#include "analysis/findings.h"

/* Fill everything in `finding` that follows from its steps (which are there, by trial, then index). */
void ladder_find(struct backend_finding *finding);

#endif
