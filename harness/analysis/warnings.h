/* warnings: what a reader should know about a run before believing it. */
#ifndef TWOFOLD_ANALYSIS_WARNINGS_H
#define TWOFOLD_ANALYSIS_WARNINGS_H

#include "analysis/finding.h"

/* Adds to findings->warnings, which findings_release releases. Everything else in the findings is filled. */
void warnings_find(struct findings *findings);

#endif
