/* box_steps: what a larger box buys: the services that ran in several boxes, each box beside the next smaller one. */
#ifndef TWOFOLD_ANALYSIS_CAPACITY_BOX_STEPS_H
#define TWOFOLD_ANALYSIS_CAPACITY_BOX_STEPS_H

#include "analysis/finding.h"
#include "plan/box.h"

/* The box that the service ran in; nothing is limited in it where it ran in none, or where the run log says something
 * that is no box. */
struct box box_steps_box(const struct backend_record *record);

/* How many cores the service may use: its own, or those of its box, where that has fewer. NAN: not known. */
double box_steps_cores(const struct backend_finding *backend);

/* Fills findings->box_steps: service by service in the order of their names, and of each the smallest box first; those
 * without a capacity are among them. Empty where no service ran in two boxes. The pairs of the findings are there. */
void box_steps_find(struct findings *findings);

#endif
