/* limit_figures: the limits of a service, and its stalls, as JSON. */
#ifndef TWOFOLD_REPORT_DATA_LIMIT_FIGURES_H
#define TWOFOLD_REPORT_DATA_LIMIT_FIGURES_H

#include "analysis/finding.h"

#include <jansson.h>

/* "latency", or "latency of checkout" for the limit of a single request. The caller owns it. */
json_t *limit_figures_name(enum limit limit, const char *request);

/* An array, in the order in which the limits break. capacity_rps is the estimate where there is one ("estimated"),
 * otherwise the highest load that held. Loads ending in _rps are null where something else than the rate doubles; those
 * ending in _level are always there. The caller owns it. */
json_t *limit_figures(const struct findings *findings, const struct backend_finding *backend);

/* An array of the stalls. */
json_t *limit_figures_stalls(const struct findings *findings, const struct backend_finding *backend);

/* An object with one member for each limit that the step was judged by: its state, what was observed and allowed, and
 * the 95 % interval of the share of requests that violate it. */
json_t *limit_figures_of_step(const struct step_finding *step);

#endif
