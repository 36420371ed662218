/* cell: cells of a table that hold one figure. Each function appends one cell; "-" stands for what is not known. */
#ifndef TWOFOLD_REPORT_TEXT_CELL_H
#define TWOFOLD_REPORT_TEXT_CELL_H

#include "analysis/finding.h"
#include "report/text/table.h"

#include <stdint.h>

void cell_count(struct table *table, uint64_t count);
void cell_number(struct table *table, double number); /* rounded to a whole one; "-" for NAN */
void cell_rate(struct table *table, double rps);
void cell_time(struct table *table, uint64_t ns);         /* "-" for NO_TIME */
void cell_time_or_none(struct table *table, uint64_t ns); /* "-" for NO_TIME and 0 */
void cell_size(struct table *table, uint64_t bytes);      /* "-" for 0 */
void cell_level(struct table *table, const struct scenario *scenario, uint64_t level);

/* A response time of the step, which may be a lower bound (figures_response). */
void cell_response(struct table *table, const struct scenario *scenario, const struct step_finding *step, uint64_t ns);

/* CPU of the service in the step as a share of its cores. `step` may be NULL. */
void cell_cpu(struct table *table, const struct step_finding *step);

#endif
