/* warnings: what a reader of a run must know before believing it. */
#ifndef TWOFOLD_ANALYSIS_WARNINGS_H
#define TWOFOLD_ANALYSIS_WARNINGS_H

#include "analysis/finding.h"

/* Fill findings->warnings; the backends are there. */
void warnings_find(struct findings *findings);

#endif
