/* service_warnings: what is to be said of the steps of one service before its figures are believed. */
#ifndef TWOFOLD_ANALYSIS_WARNINGS_SERVICE_WARNINGS_H
#define TWOFOLD_ANALYSIS_WARNINGS_SERVICE_WARNINGS_H

#include "analysis/finding.h"

/* Add to findings->warnings what concerns the service, which is one of the findings'. */
void service_warnings_find(struct findings *findings, const struct backend_finding *backend);

#endif
