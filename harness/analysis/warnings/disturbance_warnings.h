/* disturbance_warnings: what disturbed steps of a service that held all the same, or took from all of them: their
 * response times are longer than the service's own. */
#ifndef TWOFOLD_ANALYSIS_WARNINGS_DISTURBANCE_WARNINGS_H
#define TWOFOLD_ANALYSIS_WARNINGS_DISTURBANCE_WARNINGS_H

#include "analysis/finding.h"

/* Add to findings->warnings what disturbed this service, which is one of the findings'. */
void disturbance_warnings_find(struct findings *findings, const struct backend_finding *backend);

#endif
