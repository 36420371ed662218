/* profile_figures: what a service did at the load that broke (analysis/profile/break_profile.h). json.h says what each
 * key means. */
#ifndef TWOFOLD_REPORT_DATA_BACKEND_PROFILE_FIGURES_H
#define TWOFOLD_REPORT_DATA_BACKEND_PROFILE_FIGURES_H

#include "analysis/finding.h"

#include <jansson.h>

/* A new reference; NULL where the run was not asked to profile it. */
json_t *profile_figures(const struct findings *findings, const struct backend_finding *backend);

#endif
