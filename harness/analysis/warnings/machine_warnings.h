/* machine_warnings: what on the machine of the run disturbs measurements. */
#ifndef TWOFOLD_ANALYSIS_WARNINGS_MACHINE_WARNINGS_H
#define TWOFOLD_ANALYSIS_WARNINGS_MACHINE_WARNINGS_H

#include "analysis/finding.h"

void machine_warnings_find(struct findings *findings);

#endif
